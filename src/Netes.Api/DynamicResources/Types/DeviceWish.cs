namespace Netes.Api.DynamicResources;

/// <summary>What a request, or one of its alternatives, asks for: the two have the same fields.</summary>
public sealed record DeviceWish
{
    public required string DeviceClassName { get; init; }

    public ValueList<DeviceSelector> Selectors { get; init; }

    public required string AllocationMode { get; init; }

    public long Count { get; init; }

    public bool AdminAccess { get; init; }

    public ValueList<DeviceToleration> Tolerations { get; init; }

    public CapacityRequirements? Capacity { get; init; }

    public static DeviceWish Of(ExactDeviceRequest request) => new()
    {
        DeviceClassName = request.DeviceClassName,
        Selectors = request.Selectors,
        AllocationMode = request.AllocationMode,
        Count = request.Count,
        AdminAccess = request.AdminAccess == true,
        Tolerations = request.Tolerations,
        Capacity = request.Capacity,
    };

    public static DeviceWish Of(DeviceSubRequest request) => new()
    {
        DeviceClassName = request.DeviceClassName,
        Selectors = request.Selectors,
        AllocationMode = request.AllocationMode,
        Count = request.Count,
        Tolerations = request.Tolerations,
        Capacity = request.Capacity,
    };
}
