namespace Netes.Api.Core;

/// <summary>Cells of volumes and claims. Source: GetAccessModesAsString of pkg/apis/core/helper/helpers.go.</summary>
internal static class VolumeCells
{
    private static readonly (string Mode, string Short)[] Modes =
    [
        (PersistentVolumeAccessMode.ReadWriteOnce, "RWO"), (PersistentVolumeAccessMode.ReadOnlyMany, "ROX"),
        (PersistentVolumeAccessMode.ReadWriteMany, "RWX"), (PersistentVolumeAccessMode.ReadWriteOncePod, "RWOP"),
    ];

    public static string AccessModes(ValueList<string> modes) =>
        string.Join(',', Modes.Where(mode => modes.Contains(mode.Mode)).Select(mode => mode.Short));

    public static string Storage(ValueMap<Quantity> capacity) =>
        capacity.TryGetValue(ResourceName.Storage, out var size) ? size.ToString() : "";

    public static string OrUnset(string? text) => text ?? Cells.Unset;
}
