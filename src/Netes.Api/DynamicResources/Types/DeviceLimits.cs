namespace Netes.Api.DynamicResources;

/// <summary>How much of what an object may have. Source: staging/src/k8s.io/api/resource/v1/types.go.</summary>
public static class DeviceLimits
{
    /// <summary>Entries of a claim's requests, constraints and configurations, and of selectors.</summary>
    public const int Entries = 32;
    public const int FirstAvailable = 8;
    public const int ReservedFor = 256;

    /// <summary>Devices that one claim may get.</summary>
    public const int Results = 32;
    public const int Tolerations = 16;
    public const int Taints = 16;
    public const int Devices = 128;

    /// <summary>Of a slice whose devices have taints, or consume counters.</summary>
    public const int AdvancedDevices = 64;
    public const int AttributesAndCapacities = 32;
    public const int CounterSets = 8;
    public const int Counters = 32;
    public const int ConsumedSets = 2;
    public const int BindingConditions = 4;
    public const int DeviceConditions = 8;
    public const int PolicyValues = 10;
    public const int DeviceIPs = 16;

    public const int JsonBytes = 10 * 1024;
    public const int ExpressionBytes = 10 * 1024;

    /// <summary>What the evaluation of one expression may cost.</summary>
    public const long ExpressionCost = 1_000_000;
    public const int PoolNameBytes = 253;
    public const int IdentifierBytes = 32;
    public const int ValueBytes = 64;
    public const int InterfaceNameBytes = 256;
    public const int HardwareAddressBytes = 128;
}

/// <summary>How many devices a request wants.</summary>
public static class DeviceAllocationMode
{
    public const string ExactCount = "ExactCount";
    public const string All = "All";
}
