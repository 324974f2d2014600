using static Netes.Api.Columns<Netes.Api.ApiServerInternal.StorageVersion>;

namespace Netes.Api.ApiServerInternal;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printStorageVersion of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class StorageVersionColumns
{
    public static ValueList<Column<StorageVersion>> All { get; } =
    [
        Name,
        Text("CommonEncodingVersion", static item => item.Status.CommonEncodingVersion ?? Cells.Unset,
            "The version in which all servers store."),
        Text("StorageVersions", static item => item.Status.StorageVersions.IsEmpty
            ? Cells.Unset
            : Cells.Few([.. item.Status.StorageVersions.Select(
                static server => $"{server.APIServerID}={server.EncodingVersion}")]),
            "The first servers and the versions in which they store."),
        Age,
    ];
}
