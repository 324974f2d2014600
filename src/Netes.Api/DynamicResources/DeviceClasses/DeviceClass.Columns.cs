using static Netes.Api.Columns<Netes.Api.DynamicResources.DeviceClass>;

namespace Netes.Api.DynamicResources;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printDeviceClass of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class DeviceClassColumns
{
    public static ValueList<Column<DeviceClass>> All { get; } =
    [
        Name,
        Age,
    ];
}
