using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>What the plugin knows of a pod in one cycle.</summary>
/// <param name="claims">Those that the pod names.</param>
/// <param name="extended">What it wants without naming a claim; null: nothing.</param>
/// <param name="allocator">For the claims that are not allocated; null: there is nothing to allocate.</param>
internal sealed class PodDevices(
    List<ResourceClaim> claims, ExtendedDemand? extended, DeviceAllocator? allocator)
{
    /// <summary>Replaced by what the API server answered with.</summary>
    public List<ResourceClaim> Claims => claims;

    public ExtendedDemand? Extended => extended;

    public DeviceAllocator? Allocator => allocator;

    public Dictionary<string, NodeChoice> ByNode { get; } = new(StringComparer.Ordinal);

    /// <summary>The claims that some node could not use.</summary>
    public HashSet<int> Unavailable { get; } = [];

    /// <summary>What was decided for the pod, by claim.</summary>
    public Dictionary<ObjectKey, AllocationResult> Reserved { get; } = [];

    /// <summary>Ends when what was reserved in vain is given back.</summary>
    public Task Released { get; set; } = Task.CompletedTask;
}

/// <summary>What a pod would get on a node.</summary>
/// <param name="Allocations">For the claims of the allocator, and, as the last, that of the extended resources.</param>
/// <param name="Extended">What the extended resources come to there; null: the node itself has them.</param>
internal sealed record NodeChoice(AllocationResult[] Allocations, ExtendedChoice? Extended);

/// <summary>The claim for extended resources, as it would be for a node.</summary>
/// <param name="Claim">Not in the API yet.</param>
/// <param name="Mappings">Which container uses which request.</param>
internal sealed record ExtendedChoice(ResourceClaim Claim, ValueList<ContainerExtendedResourceRequest> Mappings);

/// <summary>
/// The extended resources of a pod for which there are classes of devices, and the one claim that stands for all of
/// them. Each node has its own variant: what it has of a resource by a device plugin is not claimed.
/// Source: plugins/dynamicresources/extendeddynamicresources.go (KEP-5004).
/// </summary>
internal sealed class ExtendedDemand
{
    /// <summary>Of the claim while it is only thought of: no claim in the API can have it.</summary>
    private const string ThoughtName = "<extended-resources>";

    private readonly Pod _pod;
    private readonly ExtendedClasses _classes;
    private readonly string[] _resources;

    // Most nodes have the same devices: a variant is made once for all of them.
    private readonly Dictionary<string, ExtendedChoice> _choices = new(StringComparer.Ordinal);

    /// <param name="pod">The pod.</param>
    /// <param name="resources">Those of its resources that devices may stand for, in ordinal order.</param>
    /// <param name="classes">Which do.</param>
    /// <param name="left">What an earlier try has left in the API; null: nothing.</param>
    public ExtendedDemand(Pod pod, string[] resources, ExtendedClasses classes, ResourceClaim? left)
    {
        (_pod, _resources, _classes, IsLeft) = (pod, resources, classes, left is not null);
        Claim = left ?? new ResourceClaim
        {
            Metadata = new()
            {
                Namespace = pod.Metadata.Namespace,
                Name = ThoughtName,
                GenerateName = $"{pod.Metadata.Name}-extended-resources-",
                Annotations = ValueMap.Of((PodResourceClaims.ExtendedResourceAnnotation, "true")),
                OwnerReferences = [ObjectReferences.Controller(pod) with { BlockOwnerDeletion = null }],
            },
        };
        Key = new ObjectKey(pod.Metadata.Namespace, $"{ThoughtName}/{pod.Metadata.Uid}");
    }

    /// <summary>Without requests as long as it is thought of; then what the API server answered with.</summary>
    public ResourceClaim Claim { get; set; }

    /// <summary>The claim is of an earlier try that came to nothing: it must go first.</summary>
    public bool IsLeft { get; }

    /// <summary>It is in the API.</summary>
    public bool IsMade => Claim.Metadata.Name != ThoughtName;

    /// <summary>Under which its devices are booked until the claim is known under its own name.</summary>
    public ObjectKey Key { get; }

    /// <summary>False: the node lacks a resource, and no devices stand for it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="choice">Null: there is nothing to claim there.</param>
    public bool TryOn(NodeInfo node, out ExtendedChoice? choice)
    {
        choice = null;
        var claimed = new List<string>(_resources.Length);
        foreach (var resource in _resources)
        {
            var has = node.Allocatable.Extended.TryGetValue(resource, out var amount);
            if (amount == 0 && _classes.Of(resource) is not null)
            {
                claimed.Add(resource);
            }
            else if (!has)
            {
                return false;
            }
        }

        if (claimed.Count > 0)
        {
            choice = Of(claimed);
        }

        return true;
    }

    private ExtendedChoice Of(List<string> resources)
    {
        var key = string.Join(' ', resources);
        if (!_choices.TryGetValue(key, out var choice))
        {
            var requests = ExtendedRequests.Of(_pod.Spec, resources, _classes);
            _choices[key] = choice = new ExtendedChoice(
                Claim with { Spec = new() { Devices = new() { Requests = requests.Requests } } }, requests.Mappings);
        }

        return choice;
    }
}
