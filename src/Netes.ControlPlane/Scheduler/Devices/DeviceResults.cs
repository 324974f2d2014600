using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What the status of a claim says of the devices that were chosen. Pure.</summary>
internal static class DeviceResults
{
    private const string NodeNameField = "metadata.name";

    public static AllocationResult Of(
        ResourceClaim claim, IReadOnlyList<DeviceChoice> choices, Node node, Func<string> newShareId) => new()
        {
            Devices = new()
            {
                Results = choices.Select(choice => Of(choice, newShareId)).ToValueList(),
                Config = Configurations(claim, choices),
            },
            NodeSelector = Selector(choices, node),
        };

    private static DeviceRequestAllocationResult Of(DeviceChoice choice, Func<string> newShareId) => new()
    {
        Request = choice.Alternative.Name.ToString(),
        Driver = choice.Device.Id.Driver,
        Pool = choice.Device.Id.Pool,
        Device = choice.Device.Id.Device,
        AdminAccess = choice.Alternative.Wish.AdminAccess ? true : null,
        Tolerations = choice.Alternative.Wish.Tolerations,
        BindingConditions = choice.Device.Device.BindingConditions,
        BindingFailureConditions = choice.Device.Device.BindingFailureConditions,
        ShareID = choice.Take.Consumed is null ? null : newShareId(),
        ConsumedCapacity = choice.Take.Consumed ?? default,
    };

    /// <summary>Those of the classes, each once, then those of the claim; one for all requests names none.</summary>
    private static ValueList<DeviceAllocationConfiguration> Configurations(
        ResourceClaim claim, IReadOnlyList<DeviceChoice> choices)
    {
        List<DeviceAllocationConfiguration> found = [];
        var alternatives = choices.Select(static choice => choice.Alternative).Distinct().ToList();
        foreach (var ofClass in alternatives.GroupBy(static alternative => alternative.Class.Metadata.Name))
        {
            var requests = ofClass.Select(static alternative => alternative.Name.ToString()).ToValueList();
            found.AddRange(ofClass.First().Class.Spec.Config.Select(config => new DeviceAllocationConfiguration
            {
                Source = AllocationConfigSource.FromClass,
                Requests = requests,
                DeviceConfiguration = config.DeviceConfiguration,
            }));
        }

        foreach (var config in claim.Spec.Devices.Config)
        {
            // One for several requests comes once for each of them, as in Kubernetes.
            var times = config.Requests.IsEmpty
                ? 1
                : alternatives.Count(alternative => config.Requests.Contains(alternative.Name.Name)
                    || config.Requests.Contains(alternative.Name.ToString()));
            found.AddRange(Enumerable.Repeat(
                new DeviceAllocationConfiguration
                {
                    Source = AllocationConfigSource.FromClaim,
                    Requests = config.Requests,
                    DeviceConfiguration = config.DeviceConfiguration,
                },
                times));
        }

        return found
            .Select(config => config.Requests.Count == claim.Spec.Devices.Requests.Count
                ? config with { Requests = default }
                : config)
            .ToValueList();
    }

    /// <summary>From where the devices can be reached; null: from everywhere.</summary>
    private static NodeSelector? Selector(IReadOnlyList<DeviceChoice> choices, Node node)
    {
        var term = new NodeSelectorTerm();
        foreach (var (_, device, _) in choices)
        {
            var (name, selector) = device.Slice.Spec.PerDeviceNodeSelection == true
                ? (device.Device.NodeName, device.Device.NodeSelector)
                : (device.Slice.Spec.NodeName, device.Slice.Spec.NodeSelector);
            if (name is not null || device.Device.BindsToNode == true)
            {
                return new NodeSelector
                {
                    NodeSelectorTerms =
                    [
                        new()
                        {
                            MatchFields =
                            [
                                new()
                                {
                                    Key = NodeNameField,
                                    Operator = NodeSelectorOperator.In,
                                    Values = [node.Metadata.Name],
                                },
                            ],
                        },
                    ],
                };
            }

            if (selector is { NodeSelectorTerms: { Count: > 0 } terms })
            {
                term = new NodeSelectorTerm
                {
                    MatchFields = term.MatchFields.Union(terms[0].MatchFields).ToValueList(),
                    MatchExpressions = term.MatchExpressions.Union(terms[0].MatchExpressions).ToValueList(),
                };
            }
        }

        return term.MatchFields.IsEmpty && term.MatchExpressions.IsEmpty
            ? null
            : new NodeSelector { NodeSelectorTerms = [term] };
    }
}
