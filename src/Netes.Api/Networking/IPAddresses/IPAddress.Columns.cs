using static Netes.Api.Columns<Netes.Api.Networking.IPAddress>;

namespace Netes.Api.Networking;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printIPAddress of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class IPAddressColumns
{
    public static ValueList<Column<IPAddress>> All { get; } =
    [
        Name,
        Text("ParentRef", Parent, "Whose address it is."),
    ];

    private static string Parent(IPAddress item) => item.Spec.ParentRef is not { } parent
        ? Cells.None
        : string.Join('/', ((string[])
            [ApiErrors.Qualified(parent.Group, parent.Resource), parent.Namespace, parent.Name]).Where(
                part => part.Length > 0));
}
