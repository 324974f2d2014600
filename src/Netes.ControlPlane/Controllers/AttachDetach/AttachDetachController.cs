using System.Collections.Concurrent;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Asks CSI drivers, by VolumeAttachments, to attach volumes to the nodes whose pods want them, and to detach them
/// when the nodes have unmounted them. No built-in kind of volume is attached.
/// Source: pkg/controller/volume/attachdetach/attach_detach_controller.go.
/// </summary>
internal sealed partial class AttachDetachController : IController
{
    private const string Managed = "volumes.kubernetes.io/controller-managed-attach-detach";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectCache<PersistentVolume> _volumes;
    private readonly ObjectCache<PersistentVolumeClaim> _claims;
    private readonly ObjectCache<CSIDriver> _drivers;
    private readonly ObjectIndex<Pod> _podsOfNode;
    private readonly ObjectIndex<Pod> _podsOfClaim;
    private readonly ObjectIndex<VolumeAttachment> _ofNode;
    private readonly ObjectIndex<VolumeAttachment> _ofVolume;
    private readonly VolumeReservations _reservations;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    private readonly UnmountWaits _waits = new();
    private readonly AttachmentMetrics _metrics;

    // What nodes that are gone used when they went; of others it is not known.
    private readonly ConcurrentDictionary<string, ValueList<string>> _inUseAtEnd = new(StringComparer.Ordinal);

    // To whom it was told that a volume is taken: once for each volume and node.
    private readonly HashSet<(string Volume, string Node)> _told = [];

    public AttachDetachController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("attachdetach-controller");

        // One worker: whether a volume is attached elsewhere is looked at and acted on in one go.
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, workers: 1);
        var (pods, nodes) = (context.Informers.Get<Pod>(), context.Informers.Get<Node>());
        var attachments = context.Informers.Get<VolumeAttachment>();
        _nodes = nodes.Cache;
        var (volumes, drivers) = (context.Informers.Get<PersistentVolume>(), context.Informers.Get<CSIDriver>());
        _volumes = volumes.Cache;
        _claims = context.Informers.Get<PersistentVolumeClaim>().Cache;
        _drivers = drivers.Cache;
        _podsOfNode = pods.Cache.AddIndex(static pod => [pod.Spec.NodeName]);
        _podsOfClaim = pods.Cache.AddIndex(PodClaims.Values);
        _ofNode = attachments.Cache.AddIndex(static item => [item.Spec.NodeName]);
        _ofVolume = attachments.Cache.AddIndex(static item => [item.Spec.Source.PersistentVolumeName ?? ""]);
        _reservations = new VolumeReservations(_ofVolume.Get);
        _metrics = new AttachmentMetrics(
            context.Options.Metrics,
            () => pods.Cache.List().Where(static pod => pod.Spec.NodeName.Length > 0)
                .SelectMany(pod => VolumesOf(pod).Select(volume => (pod.Spec.NodeName, volume))),
            () => _nodes.List().Where(IsManaged)
                .SelectMany(node => Wanted(node.Metadata.Name).Select(static item => item.Volume)),
            attachments.Cache.List);
        pods.AddHandler(change =>
        {
            if (PodClaims.Of(change.Latest).Any())
            {
                Enqueue(change.Latest.Spec.NodeName);
            }

            // Who could not have the volume meanwhile.
            foreach (var key in change.New is null ? PodClaims.Of(change.Latest) : [])
            {
                EnqueueUsers(key);
            }
        });
        nodes.AddHandler(NodeChanged);
        attachments.AddHandler(AttachmentChanged);
        context.Informers.Get<PersistentVolumeClaim>().AddHandler(change => EnqueueUsers(change.Key));

        // What is heard of last wakes: each kind has a watch of its own.
        volumes.AddHandler(change =>
        {
            if (change.Latest.Spec.ClaimRef is { } claim && change.Old?.Spec.ClaimRef != claim)
            {
                EnqueueUsers(new ObjectKey(claim.Namespace, claim.Name));
            }
        });
        drivers.AddHandler(change =>
        {
            if (change.Old?.Spec.AttachRequired != change.New?.Spec.AttachRequired)
            {
                foreach (var node in _nodes.List())
                {
                    Enqueue(node.Metadata.Name);
                }
            }
        });
    }

    public string Name => "persistentvolume-attach-detach-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private void NodeChanged(Change<Node> change)
    {
        var (key, old, next) = change;
        if (next is null)
        {
            _inUseAtEnd[key.Name] = old!.Status.VolumesInUse;
        }
        else
        {
            _inUseAtEnd.TryRemove(key.Name, out _);
        }

        if (old is null || next is null || old.Status.VolumesInUse != next.Status.VolumesInUse
            || old.Spec.Taints != next.Spec.Taints || NodeHealth.IsReady(old) != NodeHealth.IsReady(next)
            || IsManaged(old) != IsManaged(next))
        {
            Enqueue(key.Name);
        }
    }

    /// <summary>The nodes of the pods that mount a claim.</summary>
    private void EnqueueUsers(ObjectKey claim)
    {
        foreach (var pod in _podsOfClaim.Get(claim.ToString()))
        {
            Enqueue(pod.Spec.NodeName);
        }
    }

    private void Enqueue(string node)
    {
        if (node.Length > 0)
        {
            _keyed.Queue.Add(new ObjectKey("", node));
        }
    }

    /// <summary>What was attached is told; a volume that is free again is wanted elsewhere, maybe.</summary>
    private void AttachmentChanged(Change<VolumeAttachment> change)
    {
        Enqueue(change.Latest.Spec.NodeName);
        _reservations.Free(change.Latest.Spec.Source.PersistentVolumeName ?? "", change.Latest.Spec.NodeName);
        if (change.Latest.Spec.Source.PersistentVolumeName is not { } name
            || _volumes.Get("", name)?.Spec.ClaimRef is not { } claim)
        {
            return;
        }

        foreach (var pod in _podsOfClaim.Get(new ObjectKey(claim.Namespace, claim.Name).ToString()))
        {
            Enqueue(pod.Spec.NodeName);
            if (pod.Spec.NodeName == change.Latest.Spec.NodeName)
            {
                Tell(pod, name, change.Old?.Status ?? VolumeAttachmentStatus.Empty, change.New?.Status);
            }
        }
    }

    private void Tell(Pod pod, string volume, VolumeAttachmentStatus old, VolumeAttachmentStatus? next)
    {
        if (next is { Attached: true } && !old.Attached)
        {
            _events.Normal(pod, "SuccessfulAttachVolume", $"AttachVolume.Attach succeeded for volume \"{volume}\" ");
        }
        else if (next is { Attached: false, AttachError: { } error } && old.AttachError?.Message != error.Message)
        {
            _events.Warning(pod, "FailedAttachVolume",
                $"AttachVolume.Attach failed for volume \"{volume}\" : {error.Message}");
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        var there = _ofNode.Get(key.Name);
        var wanted = Wanted(key.Name);
        _told.RemoveWhere(pair =>
            pair.Node == key.Name && wanted.All(item => item.Volume.Metadata.Name != pair.Volume));
        if (!_nodes.TryGet(key, out var node))
        {
            await FreeAsync(key.Name, [], cancel);
            return await LeaveAsync(key.Name, wanted, there, cancel);
        }

        await FreeAsync(key.Name, wanted, cancel);
        if ((there.Count == 0 && wanted.Count == 0 && node.Status.VolumesAttached.IsEmpty)
            || !IsManaged(node))
        {
            return ReconcileResult.Done;
        }

        var plan = AttachmentPlan.Of(node, wanted, there, FindVolume);
        var (forced, soonest) = Overdue(node, plan.InUse);
        var leaving = forced.Select(pair => AttachmentPlan.UniqueName(pair.Item, FindVolume)).ToHashSet();
        var attached = plan.Attached.Where(volume => !leaving.Contains(volume.Name)).ToValueList();
        if (attached != node.Status.VolumesAttached)
        {
            await ReportAsync(node, attached, cancel);
        }

        foreach (var (item, why) in forced)
        {
            await DetachAsync(item, why, cancel);
        }

        foreach (var item in (IEnumerable<VolumeAttachment>)plan.Detach)
        {
            await DetachAsync(item, IsOutOfService(node) ? AttachmentMetrics.OutOfService : "", cancel);
        }

        foreach (var item in (IEnumerable<WantedVolume>)plan.Attach)
        {
            await AttachAsync(item, key.Name, cancel);
        }

        return soonest is { } after ? ReconcileResult.Again(after) : ReconcileResult.Done;
    }

    private PersistentVolume? FindVolume(string name) => _volumes.Get("", name);

    private static bool IsManaged(Node node) => node.Metadata.Annotations.ContainsKey(Managed);

    private List<WantedVolume> Wanted(string node)
    {
        var users = new Dictionary<string, WantedVolume>(StringComparer.Ordinal);
        foreach (var pod in _podsOfNode.Get(node).Where(static pod => !PodClaims.IsTerminated(pod)))
        {
            foreach (var volume in VolumesOf(pod))
            {
                if (_drivers.Get("", volume.Spec.PersistentVolumeSource.CSI!.Driver)
                    is not { Spec.AttachRequired: false })
                {
                    var known = users.GetValueOrDefault(volume.Metadata.Name) ?? new WantedVolume(volume, []);
                    users[volume.Metadata.Name] = known with { Pods = known.Pods.Add(pod) };
                }
            }
        }

        return [.. users.Values];
    }

    /// <summary>The volumes of CSI drivers that a pod mounts.</summary>
    private IEnumerable<PersistentVolume> VolumesOf(Pod pod) => PodClaims.Of(pod)
        .Select(key => _claims.Get(key) is { } claim && VolumeFacts.IsFullyBound(claim)
            ? _volumes.Get("", claim.Spec.VolumeName)
            : null)
        .OfType<PersistentVolume>()
        .Where(static volume => volume.Spec.PersistentVolumeSource.CSI is not null);

    private async Task AttachAsync(WantedVolume wanted, string node, CancellationToken cancel)
    {
        var name = wanted.Volume.Metadata.Name;
        if (AttachmentPlan.IsExclusive(wanted.Volume) && !_reservations.TryTake(name, node))
        {
            foreach (var pod in _told.Add((name, node)) ? wanted.Pods : [])
            {
                _events.Warning(pod, "FailedAttachVolume",
                    $"Multi-Attach error for volume \"{name}\" {WhoHas(wanted.Volume, node)}");
            }

            return;
        }

        try
        {
            await _context.Client.CreateAsync(
                new VolumeAttachment
                {
                    Metadata = new() { Name = AttachmentPlan.NameOf(wanted.Volume, node) },
                    Spec = new()
                    {
                        Attacher = wanted.Source.Driver,
                        NodeName = node,
                        Source = new() { PersistentVolumeName = name },
                    },
                }, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // The cache will show it.
        }
    }

    /// <summary>
    /// What was to be attached and is not wanted any more is free for others, unless it was attached after all.
    /// </summary>
    private async Task FreeAsync(string node, IReadOnlyList<WantedVolume> wanted, CancellationToken cancel)
    {
        foreach (var name in _reservations.Of(node))
        {
            var volume = _volumes.Get("", name);
            if (volume is not null && (wanted.Any(item => item.Volume.Metadata.Name == name)
                || await IsAttachedAsync(volume, node, cancel)))
            {
                continue;
            }

            _reservations.Free(name, node);
            if (volume?.Spec.ClaimRef is { } claim)
            {
                EnqueueUsers(new ObjectKey(claim.Namespace, claim.Name));
            }
        }
    }

    private async Task<bool> IsAttachedAsync(PersistentVolume volume, string node, CancellationToken cancel)
    {
        try
        {
            await _context.Client.GetAsync<VolumeAttachment>("", AttachmentPlan.NameOf(volume, node), cancel);
            return true;
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Source: reconciler.go, reportMultiAttachError.</summary>
    private string WhoHas(PersistentVolume volume, string node)
    {
        var claim = volume.Spec.ClaimRef!;
        var others = _podsOfClaim.Get(new ObjectKey(claim.Namespace, claim.Name).ToString())
            .Where(pod => pod.Spec.NodeName.Length > 0 && pod.Spec.NodeName != node && !PodFacts.IsTerminal(pod))
            .Select(static pod => pod.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        return others.Count == 0
            ? "Volume is already exclusively attached to one node and can't be attached to another"
            : $"Volume is already used by pod(s) {string.Join(", ", others)}";
    }

    /// <summary>Before anything is detached the node knows that it has it no more.</summary>
    private Task ReportAsync(Node node, ValueList<AttachedVolume> attached, CancellationToken cancel) =>
        _context.Client.PatchAsync<Node>("", node.Metadata.Name, Json.Merge(json => json.Object(
            "status", status => status.Array("volumesAttached", volumes =>
            {
                foreach (var volume in attached)
                {
                    volumes.WriteStartObject();
                    volumes.WriteString("name", volume.Name);
                    volumes.WriteString("devicePath", volume.DevicePath);
                    volumes.WriteEndObject();
                }
            }))), "status", cancel);
}
