using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1.ResourceSlice")]
[ApiKind("resource.k8s.io", "v1", "ResourceSlice")]
public sealed partial record ResourceSlice : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", Required = true)]
    public partial ResourceSliceSpec Spec { get; init; }
}

/// <summary>A list of objects of kind ResourceSlice.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceSliceList")]
[ApiKind("resource.k8s.io", "v1", "ResourceSliceList")]
public sealed partial record ResourceSliceList : IKubernetesList<ResourceSlice>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ResourceSlice> Items { get; init; }
}

[ApiType("io.k8s.api.resource.v1.ResourceSliceSpec")]
public sealed partial record ResourceSliceSpec
{
    [Field(1, "driver", Required = true)]
    public partial string Driver { get; init; }

    [Field(2, "pool", Required = true)]
    public partial ResourcePool Pool { get; init; }

    [Field(3, "nodeName", OmitEmpty = true)]
    public partial string? NodeName { get; init; }

    [Field(4, "nodeSelector", OmitEmpty = true)]
    public partial NodeSelector? NodeSelector { get; init; }

    [Field(5, "allNodes", OmitEmpty = true)]
    public partial bool? AllNodes { get; init; }

    [Field(6, "devices", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Device> Devices { get; init; }

    [Field(7, "perDeviceNodeSelection", OmitEmpty = true)]
    public partial bool? PerDeviceNodeSelection { get; init; }

    [Field(8, "sharedCounters", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<CounterSet> SharedCounters { get; init; }
}

[ApiType("io.k8s.api.resource.v1.CapacityRequestPolicy")]
public sealed partial record CapacityRequestPolicy
{
    [Field(1, "default")]
    public partial Quantity? Default { get; init; }

    [Field(3, "validValues", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Quantity> ValidValues { get; init; }

    [Field(4, "validRange", OmitEmpty = true)]
    public partial CapacityRequestPolicyRange? ValidRange { get; init; }
}

[ApiType("io.k8s.api.resource.v1.CapacityRequestPolicyRange")]
public sealed partial record CapacityRequestPolicyRange
{
    [Field(1, "min", OmitEmpty = true, Required = true)]
    public partial Quantity? Min { get; init; }

    [Field(2, "max", OmitEmpty = true)]
    public partial Quantity? Max { get; init; }

    [Field(3, "step", OmitEmpty = true)]
    public partial Quantity? Step { get; init; }
}

[ApiType("io.k8s.api.resource.v1.Counter")]
public sealed partial record Counter
{
    [Field(1, "value", Required = true)]
    public partial Quantity Value { get; init; }
}

[ApiType("io.k8s.api.resource.v1.CounterSet")]
public sealed partial record CounterSet
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "counters", OmitEmpty = true, Required = true)]
    public partial ValueMap<Counter> Counters { get; init; }
}

[ApiType("io.k8s.api.resource.v1.Device")]
public sealed partial record Device
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "attributes", OmitEmpty = true)]
    public partial ValueMap<DeviceAttribute> Attributes { get; init; }

    [Field(3, "capacity", OmitEmpty = true)]
    public partial ValueMap<DeviceCapacity> Capacity { get; init; }

    [Field(4, "consumesCounters", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceCounterConsumption> ConsumesCounters { get; init; }

    [Field(5, "nodeName", OmitEmpty = true)]
    public partial string? NodeName { get; init; }

    [Field(6, "nodeSelector", OmitEmpty = true)]
    public partial NodeSelector? NodeSelector { get; init; }

    [Field(7, "allNodes", OmitEmpty = true)]
    public partial bool? AllNodes { get; init; }

    [Field(8, "taints", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<DeviceTaint> Taints { get; init; }

    [Field(9, "bindsToNode", OmitEmpty = true)]
    public partial bool? BindsToNode { get; init; }

    [Field(10, "bindingConditions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> BindingConditions { get; init; }

    [Field(11, "bindingFailureConditions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> BindingFailureConditions { get; init; }

    [Field(12, "allowMultipleAllocations", OmitEmpty = true)]
    public partial bool? AllowMultipleAllocations { get; init; }

    [Field(13, "nodeAllocatableResourceMappings", OmitEmpty = true)]
    public partial ValueMap<NodeAllocatableResourceMapping> NodeAllocatableResourceMappings { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceAttribute")]
public sealed partial record DeviceAttribute
{
    [Field(2, "int", OmitEmpty = true)]
    public partial long? IntValue { get; init; }

    [Field(3, "bool", OmitEmpty = true)]
    public partial bool? BoolValue { get; init; }

    [Field(4, "string", OmitEmpty = true)]
    public partial string? StringValue { get; init; }

    [Field(5, "version", OmitEmpty = true)]
    public partial string? VersionValue { get; init; }

    [Field(6, "ints", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<long> IntValues { get; init; }

    [Field(7, "bools", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<bool> BoolValues { get; init; }

    [Field(8, "strings", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> StringValues { get; init; }

    [Field(9, "versions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> VersionValues { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceCapacity")]
public sealed partial record DeviceCapacity
{
    [Field(1, "value", Required = true)]
    public partial Quantity Value { get; init; }

    [Field(2, "requestPolicy", OmitEmpty = true)]
    public partial CapacityRequestPolicy? RequestPolicy { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceCounterConsumption")]
public sealed partial record DeviceCounterConsumption
{
    [Field(1, "counterSet", Required = true)]
    public partial string CounterSet { get; init; }

    [Field(2, "counters", OmitEmpty = true, Required = true)]
    public partial ValueMap<Counter> Counters { get; init; }
}

[ApiType("io.k8s.api.resource.v1.DeviceTaint")]
public sealed partial record DeviceTaint
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "value", OmitEmpty = true)]
    public partial string Value { get; init; }

    [Field(3, "effect", Required = true, EnumOf = typeof(DeviceTaintEffect))]
    public partial string Effect { get; init; }

    [Field(4, "timeAdded", OmitEmpty = true)]
    public partial Timestamp? TimeAdded { get; init; }
}

[ApiType("io.k8s.api.resource.v1.NodeAllocatableResourceMapping")]
public sealed partial record NodeAllocatableResourceMapping
{
    [Field(1, "capacityKey", OmitEmpty = true)]
    public partial string? CapacityKey { get; init; }

    [Field(2, "allocationMultiplier", OmitEmpty = true)]
    public partial Quantity? AllocationMultiplier { get; init; }
}

[ApiType("io.k8s.api.resource.v1.ResourcePool")]
public sealed partial record ResourcePool
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "generation", Required = true)]
    public partial long Generation { get; init; }

    [Field(3, "resourceSliceCount", Required = true)]
    public partial long ResourceSliceCount { get; init; }
}
