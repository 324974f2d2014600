using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.ResourceClaim")]
[ApiKind("resource.k8s.io", "v1", "ResourceClaim")]
public sealed partial record ResourceClaim : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial ResourceClaimSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ResourceClaimStatus Status { get; init; }
}

/// <summary>A list of objects of kind ResourceClaim.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimList")]
[ApiKind("resource.k8s.io", "v1", "ResourceClaimList")]
public sealed partial record ResourceClaimList : IKubernetesList<ResourceClaim>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ResourceClaim> Items { get; init; }
}

[ApiType("io.k8s.api.resource.v1.ResourceClaimStatus")]
public sealed partial record ResourceClaimStatus
{
    [Field(1, "allocation", OmitEmpty = true)]
    public partial AllocationResult? Allocation { get; init; }

    [Field(2, "reservedFor", OmitEmpty = true, ListType = "map", ListMapKeys = ["uid"], PatchStrategy = "merge",
        PatchMergeKey = "uid")]
    public partial ValueList<ResourceClaimConsumerReference> ReservedFor { get; init; }

    [Field(4, "devices", OmitEmpty = true, ListType = "map", ListMapKeys = ["driver", "device", "pool", "shareID"])]
    public partial ValueList<AllocatedDeviceStatus> Devices { get; init; }
}

[ApiType("io.k8s.api.resource.v1.AllocatedDeviceStatus")]
public sealed partial record AllocatedDeviceStatus
{
    [Field(1, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(2, "pool", Required = true)]
    public partial string Pool { get; init; }

    [Field(3, "device", Required = true)]
    public partial string Device { get; init; }

    [Field(7, "shareID", OmitEmpty = true)]
    public partial string? ShareID { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(4, "conditions", ListType = "map", ListMapKeys = ["type"])]
    public partial ValueList<Condition> Conditions { get; init; }

    [Field(5, "data", OmitEmpty = true)]
    public partial RawJson? Data { get; init; }

    [Field(6, "networkData", OmitEmpty = true)]
    public partial NetworkDeviceData? NetworkData { get; init; }
}

/// <summary>The values of <c>AllocationConfigSource</c>.</summary>
public static class AllocationConfigSource
{
    public const string FromClaim = "FromClaim";
    public const string FromClass = "FromClass";
}

[ApiType("io.k8s.api.resource.v1.AllocationResult")]
public sealed partial record AllocationResult
{
    [Field(1, "devices", OmitEmpty = true)]
    public partial DeviceAllocationResult Devices { get; init; }

    [Field(3, "nodeSelector", OmitEmpty = true)]
    public partial NodeSelector? NodeSelector { get; init; }

    [Field(5, "allocationTimestamp", OmitEmpty = true)]
    public partial Timestamp? AllocationTimestamp { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceAllocationConfiguration")]
public sealed partial record DeviceAllocationConfiguration
{
    [Field(1, "source", Required = true, EnumOf = typeof(AllocationConfigSource))]
    public partial string Source { get; init; }

    [Field(2, "requests", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Requests { get; init; }

    [Field(3, Inline = true)]
    public partial DeviceConfiguration DeviceConfiguration { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceAllocationResult")]
public sealed partial record DeviceAllocationResult
{
    [Field(1, "results", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceRequestAllocationResult> Results { get; init; }

    [Field(2, "config", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceAllocationConfiguration> Config { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceRequestAllocationResult")]
public sealed partial record DeviceRequestAllocationResult
{
    [Field(1, "request", Required = true)]
    public partial string Request { get; init; }

    [Field(2, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(3, "pool", Required = true)]
    public partial string Pool { get; init; }

    [Field(4, "device", Required = true)]
    public partial string Device { get; init; }

    [Field(5, "adminAccess", OmitEmpty = true)]
    public partial bool? AdminAccess { get; init; }

    [Field(6, "tolerations", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceToleration> Tolerations { get; init; }

    [Field(7, "bindingConditions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> BindingConditions { get; init; }

    [Field(8, "bindingFailureConditions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> BindingFailureConditions { get; init; }

    [Field(9, "shareID", OmitEmpty = true)]
    public partial string? ShareID { get; init; }

    [Field(10, "consumedCapacity", OmitEmpty = true)]
    public partial ValueMap<Quantity> ConsumedCapacity { get; init; }
}

[ApiType("io.k8s.api.resource.v1.NetworkDeviceData")]
public sealed partial record NetworkDeviceData
{
    [Field(1, "interfaceName", OmitEmpty = true)]
    public partial string InterfaceName { get; init; }

    [Field(2, "ips", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> IPs { get; init; }

    [Field(3, "hardwareAddress", OmitEmpty = true)]
    public partial string HardwareAddress { get; init; }
}

[ApiType("io.k8s.api.resource.v1.ResourceClaimConsumerReference")]
public sealed partial record ResourceClaimConsumerReference
{
    [Field(1, "apiGroup", OmitEmpty = true)]
    public partial string ApiGroup { get; init; }

    [Field(3, "resource", Required = true)]
    public partial string Resource { get; init; }

    [Field(4, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(5, "uid", Required = true)]
    public partial string Uid { get; init; }
}
