using Netes.Api.Core;

namespace Netes.Api.DynamicResources;

/// <summary>
/// Source: pkg/registry/resource/resourceslice/strategy.go, ValidateResourceSlice of
/// pkg/apis/resource/validation/validation.go.
/// </summary>
internal static class ResourceSliceRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    /// <summary>Lists as attributes and mappings to node resources are alpha, and off.</summary>
    public static ResourceSlice Prepare(ResourceSlice slice) => slice with
    {
        Spec = slice.Spec with { Devices = slice.Spec.Devices.Map(Prepare) },
    };

    public static List<FieldError> Validate(ResourceSlice slice) => Validate(slice.Spec, null);

    public static List<FieldError> ValidateUpdate(ResourceSlice next, ResourceSlice old)
    {
        var errors = Validate(next.Spec, old.Spec);
        var pool = Spec.Child("pool").Child("name");
        errors.Immutable(pool, next.Spec.Pool.Name, old.Spec.Pool.Name);
        errors.Immutable(Spec.Child("driver"), next.Spec.Driver, old.Spec.Driver);
        if (next.Spec.NodeName != old.Spec.NodeName)
        {
            errors.Invalid(Spec.Child("nodeName"), next.Spec.NodeName, ObjectMetaRules.Immutable);
        }

        return errors;
    }

    private static Device Prepare(Device device) => device with
    {
        NodeAllocatableResourceMappings = default,
        Attributes = device.Attributes.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value with
        {
            IntValues = default,
            BoolValues = default,
            StringValues = default,
            VersionValues = default,
        })).ToValueMap(),
    };

    private static List<FieldError> Validate(ResourceSliceSpec spec, ResourceSliceSpec? old)
    {
        List<FieldError> errors = [];
        errors.Driver(Spec.Child("driver"), spec.Driver);
        var pool = Spec.Child("pool");
        errors.PoolName(pool.Child("name"), spec.Pool.Name);
        errors.Positive(pool.Child("resourceSliceCount"), spec.Pool.ResourceSliceCount);
        errors.NotNegative(pool.Child("generation"), spec.Pool.Generation);
        ValidateNodes(spec, errors);
        if (!spec.SharedCounters.IsNil && !spec.Devices.IsNil)
        {
            errors.Invalid(Spec, "", "only one of `sharedCounters` or `devices` is allowed");
        }

        var isAdvanced = spec.Devices.Any(static device => !device.Taints.IsEmpty || !device.ConsumesCounters.IsEmpty);
        errors.EachOnce(
            Spec.Child("devices"), spec.Devices, isAdvanced ? DeviceLimits.AdvancedDevices : DeviceLimits.Devices,
            static device => device.Name, (device, path) => DeviceRules.Validate(
                device, old?.Devices.FirstOrDefault(other => other.Name == device.Name),
                spec.PerDeviceNodeSelection == true, path, errors));
        errors.EachOnce(Spec.Child("sharedCounters"), spec.SharedCounters, DeviceLimits.CounterSets,
            static set => set.Name, (set, path) => DeviceRules.ValidateCounters(
                set.Name, path.Child("name"), set.Counters, path.Child("counters"), errors));
        return errors;
    }

    private static void ValidateNodes(ResourceSliceSpec spec, List<FieldError> errors)
    {
        const string OneOf =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
        var choice = new NodeChoice(Spec, errors);
        choice.Name(spec.NodeName, "must be either unset or set to a non-empty string");
        choice.Selector(spec.NodeSelector);
        if (spec.NodeSelector is { NodeSelectorTerms: { Count: not 1 } terms })
        {
            // One term each: so that those of several slices can be joined.
            errors.Invalid(Spec.Child("nodeSelector").Child("nodeSelectorTerms"), Shown.List(terms),
                "must have exactly one node selector term");
        }

        choice.Flag("allNodes", spec.AllNodes);
        choice.Flag("perDeviceNodeSelection", spec.PerDeviceNodeSelection);
        choice.ExactlyOne(OneOf, $"{OneOf}, but multiple fields are set");
    }
}
