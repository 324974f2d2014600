using System.Text.RegularExpressions;
using Netes.Api.Core;

namespace Netes.Api.DynamicResources;

/// <summary>The rules of one device of a slice. Source: validateDevice of the same.</summary>
internal static partial class DeviceRules
{
    private const string OneNode =
        "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to "
        + "true in the ResourceSlice spec";

    public static void Validate(
        Device device, Device? old, bool choosesNodes, FieldPath path, List<FieldError> errors)
    {
        errors.Label(path.Child("name"), device.Name);
        var count = device.Attributes.Count + device.Capacity.Count;
        if (count > DeviceLimits.AttributesAndCapacities)
        {
            errors.Invalid(path, count, "the total number of attributes and capacities must not exceed "
                + $"{DeviceLimits.AttributesAndCapacities}");
        }

        foreach (var (name, attribute) in device.Attributes)
        {
            var attributes = path.Child("attributes");
            errors.AttributeName(attributes, name);
            Validate(attribute, attributes.Key(name), errors);
        }

        if (old is null || old.Capacity != device.Capacity)
        {
            CapacityRules.Validate(device, path.Child("capacity"), errors);
        }

        if (old is null || old.Taints != device.Taints)
        {
            errors.Each(path.Child("taints"), device.Taints, DeviceLimits.Taints,
                (taint, item) => errors.Taint(item, taint));
        }

        errors.EachOnce(path.Child("consumesCounters"), device.ConsumesCounters, DeviceLimits.ConsumedSets,
            static consumption => consumption.CounterSet, (consumption, item) => ValidateCounters(
                consumption.CounterSet, item.Child("counterSet"),
                consumption.Counters, item.Child("counters"), errors));
        ValidateNodes(device, choosesNodes, path, errors);
        errors.BindingConditions(path, device.BindingConditions, device.BindingFailureConditions);
    }

    public static void ValidateCounters(
        string name, FieldPath namePath, ValueMap<Counter> counters, FieldPath path, List<FieldError> errors)
    {
        if (name.Length == 0)
        {
            errors.Required(namePath);
        }
        else
        {
            errors.Label(namePath, name);
        }

        if (counters.IsEmpty)
        {
            errors.Required(path);
        }
        else if (counters.Count > DeviceLimits.Counters)
        {
            errors.Add(FieldError.TooMany(path, counters.Count, DeviceLimits.Counters));
        }
        else
        {
            foreach (var counter in counters.Keys)
            {
                errors.Label(path, counter);
            }
        }
    }

    private static void Validate(DeviceAttribute attribute, FieldPath path, List<FieldError> errors)
    {
        var count = (attribute.BoolValue is null ? 0 : 1) + (attribute.IntValue is null ? 0 : 1);
        if (attribute.StringValue is { } text)
        {
            count++;
            errors.TooLong(path.Child("string"), text, DeviceLimits.ValueBytes);
        }

        if (attribute.VersionValue is { } version)
        {
            count++;
            if (!SemanticVersion().IsMatch(version))
            {
                errors.Invalid(
                    path.Child("version"), version, "must be a string compatible with semver.org spec 2.0.0");
            }

            errors.TooLong(path.Child("version"), version, DeviceLimits.ValueBytes);
        }

        if (count != 1)
        {
            errors.Invalid(path, count == 0 ? "" : Shown.Of(attribute), "exactly one value must be specified");
        }
    }

    private static void ValidateNodes(Device device, bool choosesNodes, FieldPath path, List<FieldError> errors)
    {
        if (!choosesNodes)
        {
            if (device.NodeName is not null || device.NodeSelector is not null || device.AllNodes is not null)
            {
                errors.Invalid(path, null, "`nodeName`, `nodeSelector` and `allNodes` can only be set if "
                    + "`perDeviceNodeSelection` is set to true in the ResourceSlice spec");
            }

            return;
        }

        var choice = new NodeChoice(path, errors);
        choice.Name(device.NodeName, "must not be empty");
        choice.Selector(device.NodeSelector);
        choice.Flag("allNodes", device.AllNodes);
        choice.ExactlyOne(OneNode, OneNode);
    }

    [GeneratedRegex(
        @"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
        + @"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
        + @"(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();
}
