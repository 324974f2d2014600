using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Nodes that have the devices which a pod claims; allocates them where it goes. Pods without claims are none of its
/// business at any step. Source: plugins/dynamicresources/dynamicresources.go.
/// </summary>
internal sealed partial class DynamicResources
    : IPreEnqueuePlugin, IPreFilterPlugin, IFilterPlugin, IPostFilterPlugin, IPreScorePlugin, IScorePlugin,
        IReservePlugin, IPreBindPlugin
{
    private const string PluginName = "DynamicResources";

    private static readonly PluginStatus NotAllocated = Unresolvable("cannot allocate all claims");
    private static readonly PluginStatus NotOnNode = Unresolvable("resourceclaim not available on the node");

    private static readonly PostFilterResult NoClaims = new(null, "no new claims to deallocate", null);
    private static readonly PostFilterResult StillNot = new(null, "still not schedulable", null);

    private readonly PluginContext _context;
    private readonly DynamicResourcesArgs _arguments;
    private readonly DeviceWorld _world;

    public DynamicResources(PluginContext context)
    {
        (_context, _arguments) = (context, context.Arguments<DynamicResourcesArgs>());
        _world = context.Devices;
    }

    public string Name => PluginName;

    public ClusterEvents WakingEvents =>
        ClusterEvents.NodeAdded | ClusterEvents.NodeLabelsChanged
        | ClusterEvents.ResourceClaimAdded | ClusterEvents.ResourceClaimChanged | ClusterEvents.ResourceClaimRemoved
        | ClusterEvents.PodClaimsGenerated
        | ClusterEvents.DeviceClassAdded | ClusterEvents.DeviceClassChanged
        | ClusterEvents.ResourceSliceAdded | ClusterEvents.ResourceSliceChanged;

    public bool MayHelp(PodInfo pod, ClusterChange change) => change switch
    {
        { Object: ResourceClaim claim } => MayHelp(pod.Pod, change.OldObject as ResourceClaim, claim),

        // One for extended resources is deleted while it is allocated; the pod that it was made for waits for that.
        { Object: null, OldObject: ResourceClaim gone } => gone.Status.Allocation is not null
            || (PodResourceClaims.IsForExtendedResources(gone)
                && PodResourceClaims.NotOwned(pod.Pod, gone).Length == 0),
        { Events: ClusterEvents.PodClaimsGenerated, Pod: { } changed } => Claims(changed, out _) is not null,
        _ => true,
    };

    public PluginStatus? PreEnqueue(Pod pod) =>
        pod.Spec.ResourceClaims.IsEmpty || Claims(pod, out var why) is not null ? null : Unresolvable(why);

    public PluginStatus? PreFilter(
        CycleState state, PodInfo pod, Snapshot snapshot, out IReadOnlySet<string>? nodeNames)
    {
        nodeNames = null;
        var extended = ExtendedOf(state, pod);
        if (pod.Pod.Spec.ResourceClaims.IsEmpty && extended is null)
        {
            return PluginStatus.Skipped;
        }

        if (Claims(pod.Pod, out var why) is not { } claims)
        {
            return Unresolvable(why);
        }

        if (claims.Count == 0 && extended is null)
        {
            return PluginStatus.Skipped;
        }

        var toAllocate = new List<ResourceClaim>();
        foreach (var claim in claims)
        {
            if (claim.Status.Allocation is null)
            {
                toAllocate.Add(claim);
                if (WhyNotAllocated(claim) is { Length: > 0 } reason)
                {
                    return Unresolvable(reason);
                }
            }
            else if (!PodResourceClaims.CanBeReserved(claim)
                && !PodResourceClaims.IsReservedFor(claim, pod.Pod.Metadata.Uid))
            {
                return Unresolvable("resourceclaim in use");
            }
        }

        var allocator = toAllocate.Count == 0 && extended is null or { IsLeft: true } ? null : NewAllocator(toAllocate);
        state.Set(this, new PodDevices(claims, extended, allocator));
        return null;
    }

    public PluginStatus? Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Get<PodDevices>(this) is not { } devices)
        {
            return null;
        }

        ExtendedChoice? claimed = null;
        if (devices.Extended is { IsLeft: var isLeft } extended && (isLeft || !extended.TryOn(node, out claimed)))
        {
            return isLeft ? LeftClaim : NoResource;
        }

        var isAvailable = true;
        for (var i = 0; i < devices.Claims.Count; i++)
        {
            if (devices.Claims[i].Status.Allocation is not null && !IsAvailable(devices.Claims[i], node.Node))
            {
                devices.Unavailable.Add(i);
                isAvailable = false;
            }
        }

        if (!isAvailable)
        {
            return NotOnNode;
        }

        return devices.Allocator is { } allocator && (allocator.Claims.Count > 0 || claimed is not null)
            ? Allocate(devices, allocator, claimed, node)
            : null;
    }

    private static PluginStatus? Allocate(
        PodDevices devices, DeviceAllocator allocator, ExtendedChoice? claimed, NodeInfo node)
    {
        try
        {
            var allocations = claimed is null
                ? allocator.Allocate(node.Node)
                : allocator.Allocate(node.Node, [.. allocator.Claims, claimed.Claim]);
            if (allocations is null)
            {
                return NotAllocated;
            }

            devices.ByNode[node.Name] = new NodeChoice(allocations, claimed);
            return null;
        }
        catch (DeviceException failure)
        {
            return failure.IsOfNode
                ? Unresolvable(failure.Message)
                : PluginStatus.Failed(failure.Message) with { Plugin = PluginName };
        }
    }

    /// <summary>
    /// A claim that is allocated where the pod cannot go, and that nobody else uses, may be allocated elsewhere.
    /// </summary>
    public PostFilterResult PostFilter(CycleState state, PodInfo pod, Snapshot snapshot, NodeStatuses statuses)
    {
        if (state.Get<PodDevices>(this) is not { } devices)
        {
            return NoClaims;
        }

        foreach (var index in devices.Unavailable)
        {
            var claim = devices.Claims[index];
            if (claim.Status.ReservedFor.All(consumer => consumer.Uid == pod.Pod.Metadata.Uid))
            {
                return new PostFilterResult(null, "deallocation of ResourceClaim completed",
                    cancel => _context.Client.UpdateStatusAsync(
                        claim with
                        {
                            Status = claim.Status with { ReservedFor = default, Allocation = null, Devices = default },
                        },
                        cancel));
            }
        }

        return devices.Extended is { IsLeft: true, Claim: var left }
            ? new PostFilterResult(null, "deletion of ResourceClaim completed", cancel => DeleteAsync(left, cancel))
            : StillNot;
    }

    public PluginStatus? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        state.Get<PodDevices>(this)?.Allocator?.Claims.Any(static claim =>
            claim.Spec.Devices.Requests.Any(static request => !request.FirstAvailable.IsEmpty)) == true
            ? null
            : PluginStatus.Skipped;

    /// <summary>The more, the earlier those stand in their lists which the node has devices for.</summary>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (state.Get<PodDevices>(this) is not { Allocator: { } allocator } devices
            || !devices.ByNode.TryGetValue(node.Name, out var choice))
        {
            return 0;
        }

        var score = 0L;
        for (var i = 0; i < allocator.Claims.Count; i++)
        {
            var given = choice.Allocations[i].Devices.Results.Select(static result => result.Request)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var request in allocator.Claims[i].Spec.Devices.Requests)
            {
                for (var sub = 0; sub < request.FirstAvailable.Count; sub++)
                {
                    var name = new RequestName(request.Name, request.FirstAvailable[sub].Name).ToString();
                    score += given.Contains(name) ? DeviceLimits.FirstAvailable - sub : 0;
                }
            }
        }

        return score;
    }

    public void NormalizeScores(CycleState state, PodInfo pod, Span<long> scores) =>
        Scores.Normalize(scores, reverse: false);

    private static PluginStatus Unresolvable(string why) => PluginStatus.Unresolvable(why) with { Plugin = PluginName };

    private bool MayHelp(Pod pod, ResourceClaim? old, ResourceClaim next)
    {
        if (Claims(pod, out _) is not { } claims)
        {
            return false;
        }

        // Devices that came free may be what any pod waits for; else only a claim of its own matters.
        return (old?.Status.Allocation is not null && next.Status.Allocation is null)
            || (claims.Any(claim => claim.Metadata.Uid == next.Metadata.Uid)
                && (old is null || old.Status != next.Status));
    }

    private DeviceAllocator NewAllocator(IReadOnlyList<ResourceClaim> claims) => new(
        new DeviceAllocatorOptions
        {
            Pools = _world.Pools(),
            Allocated = _world.Claims.Allocated,
            Classes = name => _world.Classes.Get("", name),
            Expressions = _world.Expressions,
            NewShareId = NewShareId,
            Time = _context.Time,
            Timeout = _arguments.FilterTimeout,
        },
        claims);

    private string NewShareId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _context.Random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private string WhyNotAllocated(ResourceClaim claim)
    {
        if (_world.Claims.IsPending(ObjectKey.Of(claim)))
        {
            return $"resource claim {ObjectKey.Of(claim)} is in the process of being allocated";
        }

        foreach (var request in claim.Spec.Devices.Requests)
        {
            if (request.Exactly is { } exactly && _world.Classes.Get("", exactly.DeviceClassName) is null)
            {
                return $"request {request.Name}: device class {exactly.DeviceClassName} does not exist";
            }

            foreach (var sub in request.FirstAvailable)
            {
                if (_world.Classes.Get("", sub.DeviceClassName) is null)
                {
                    return $"request {request.Name}/{sub.Name}: device class {sub.DeviceClassName} does not exist";
                }
            }
        }

        return "";
    }

    /// <summary>Null: one of the pod's claims cannot be used yet, and why.</summary>
    private List<ResourceClaim>? Claims(Pod pod, out string why)
    {
        var claims = new List<ResourceClaim>(pod.Spec.ResourceClaims.Count);
        foreach (var wanted in pod.Spec.ResourceClaims)
        {
            if (PodResourceClaims.NameOf(pod, wanted, out why) is not { } name)
            {
                return null;
            }

            if (name.Length == 0)
            {
                continue;
            }

            var key = new ObjectKey(pod.Metadata.Namespace, name);
            var claim = _world.Claims.Get(key);
            why = claim is null ? $"could not find ResourceClaim \"{key}\""
                : claim.Metadata.DeletionTimestamp is not null ? $"resourceclaim \"{name}\" is being deleted"
                : wanted.ResourceClaimTemplateName is not null ? PodResourceClaims.NotOwned(pod, claim)
                : "";
            if (why.Length > 0)
            {
                return null;
            }

            claims.Add(claim!);
        }

        why = "";
        return claims;
    }

    /// <summary>Where the devices are, and ready or not too late.</summary>
    private bool IsAvailable(ResourceClaim claim, Node node)
    {
        var selector = claim.Status.Allocation!.NodeSelector;
        return (selector is null || NodeSelectors.Matches(selector.NodeSelectorTerms, node))
            && BindingConditions.Failure(claim).Length == 0
            && (BindingConditions.AreMet(claim)
                || !BindingConditions.IsLate(claim, _arguments.BindingTimeout, _context.Time.GetUtcNow()));
    }
}
