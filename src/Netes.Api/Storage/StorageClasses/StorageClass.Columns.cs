using static Netes.Api.Columns<Netes.Api.Storage.StorageClass>;

namespace Netes.Api.Storage;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printStorageClass of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class StorageClassColumns
{
    public static ValueList<Column<StorageClass>> All { get; } =
    [
        Name with { Value = static (item, _) => NameOf(item) },
        Text("Provisioner", static item => item.Provisioner, "Who makes the volumes."),
        Text("ReclaimPolicy", static item => item.ReclaimPolicy ?? "Delete"),
        Text("VolumeBindingMode", static item => item.VolumeBindingMode ?? "Immediate"),
        new("AllowVolumeExpansion", static (item, _) => item.AllowVolumeExpansion is true),
        Age,
    ];

    private const string DefaultAnnotation = "storageclass.kubernetes.io/is-default-class";
    private const string OldAnnotation = "storageclass.beta.kubernetes.io/is-default-class";

    private static string NameOf(StorageClass item) =>
        item.Metadata.Annotations.Get(DefaultAnnotation) == "true"
            || item.Metadata.Annotations.Get(OldAnnotation) == "true"
            ? $"{item.Metadata.Name} (default)"
            : item.Metadata.Name;
}
