using System.Globalization;
using Netes.Api;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.Checks;
using ConditionStatus = Netes.Api.Core.ConditionStatus;

namespace Netes.Simulation.World;

/// <summary>
/// A node without containers: it registers, renews its lease, and says of its pods what an agent would say, each after
/// a while. It keeps nothing that a crash could take: what it did is in the cluster.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="index">Makes its pods' addresses its own.</param>
/// <param name="client">The way to the server.</param>
/// <param name="slowness">How much longer than others it takes.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Its delays.</param>
/// <param name="identities">Told of what starts and ends; null: nobody asks.</param>
/// <param name="attachments">Told of it, too.</param>
internal sealed class HollowNode(
    string name, int index, KubernetesClient client, double slowness, TimeProvider time, Random random,
    IdentityCheck? identities, AttachmentCheck attachments)
{
    private static readonly TimeSpan LeaseEvery = TimeSpan.FromSeconds(10);

    // Source: component-helpers apimachinery/lease/controller.go, maxUpdateRetries.
    private const int LeaseAttempts = 5;

    private readonly Dictionary<string, DateTimeOffset> _dueAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _addresses = new(StringComparer.Ordinal);
    private readonly NodeStorage _storage = new(name, client, time, new Random(random.Next()));
    private Informer<Pod>? _pods;
    private Informer<Node>? _node;
    private Lease? _lease;

    public async Task RunAsync(CancellationToken cancel)
    {
        _pods = new Informer<Pod>(client, Pod.Resource,
            new InformerOptions { FieldSelector = $"spec.nodeName={name}" }, time, new Random(random.Next()),
            Loggers.None.CreateLogger(name));
        using var queue = new WorkQueue<ObjectKey>(new WorkQueueOptions(), time);
        _pods.AddHandler(change => queue.Add(change.Key));
        var loop = new ReconcileLoop<ObjectKey>(name, queue, ReconcileAsync, 2, Loggers.None.CreateLogger(name));
        await Task.WhenAll(
            _pods.RunAsync(cancel), loop.RunAsync(cancel), RegisterAsync(cancel), BeatAsync(cancel),
            _storage.RunAsync(cancel));
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            _lease = await RenewAsync(_lease, cancel);
            await Task.Delay(LeaseEvery, time, cancel);
        }
    }

    /// <summary>
    /// The lease as it was written, to write it again without asking; null: nothing was written. Source:
    /// component-helpers apimachinery/lease/controller.go.
    /// </summary>
    private async Task<Lease?> RenewAsync(Lease? known, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < LeaseAttempts; attempt++)
        {
            try
            {
                return await WriteLeaseAsync(known, cancel);
            }
            catch (Exception failure) when (failure is ApiException or HttpRequestException)
            {
                // The next attempt begins with what the server has.
                known = null;
            }
        }

        return null;
    }

    /// <summary>The node is made if there is none, and said to be ready whenever it says something else.</summary>
    private async Task RegisterAsync(CancellationToken cancel)
    {
        var informer = new Informer<Node>(client, Node.Resource,
            new InformerOptions { FieldSelector = $"metadata.name={name}" }, time, new Random(random.Next()),
            Loggers.None.CreateLogger(name));
        _node = informer;
        using var queue = new WorkQueue<ObjectKey>(new WorkQueueOptions(), time);
        informer.AddHandler(change => queue.Add(change.Key));
        queue.Add(new ObjectKey("", name));
        var loop = new ReconcileLoop<ObjectKey>(
            name, queue, (_, cancel) => TellReadyAsync(informer, cancel), 1, Loggers.None.CreateLogger(name));
        await Task.WhenAll(informer.RunAsync(cancel), loop.RunAsync(cancel));
    }

    private async Task<ReconcileResult> TellReadyAsync(Informer<Node> informer, CancellationToken cancel)
    {
        await informer.WaitForSyncAsync(cancel);
        if (!informer.Cache.TryGet(new ObjectKey("", name), out var node))
        {
            node = await client.CreateAsync(
                new Node
                {
                    Metadata = new()
                    {
                        Name = name,
                        Labels = ValueMap.Of(("kubernetes.io/hostname", name)),
                        Annotations = ValueMap.Of(("volumes.kubernetes.io/controller-managed-attach-detach", "true")),
                    },
                },
                cancel);
        }

        if (!node.Status.Conditions.Any(condition =>
            condition.Type == NodeConditionType.Ready && condition.Status == ConditionStatus.True))
        {
            await client.UpdateStatusAsync(node with { Status = Healthy(node.Status) }, cancel);
        }

        return ReconcileResult.Done;
    }

    private NodeStatus Healthy(NodeStatus status)
    {
        var now = Timestamp.From(time.GetUtcNow());
        var capacity = ValueMap.Of(
            ("cpu", Quantity.Parse("4")), ("memory", Quantity.Parse("8Gi")), ("pods", Quantity.Parse("40")));
        (string Type, string Status, string Reason)[] conditions =
        [
            (NodeConditionType.Ready, ConditionStatus.True, "KubeletReady"),
            (NodeConditionType.MemoryPressure, ConditionStatus.False, "KubeletHasSufficientMemory"),
            (NodeConditionType.DiskPressure, ConditionStatus.False, "KubeletHasNoDiskPressure"),
            (NodeConditionType.PIDPressure, ConditionStatus.False, "KubeletHasSufficientPID"),
        ];
        return status with
        {
            Capacity = capacity,
            Allocatable = capacity,
            Addresses = [new() { Type = "InternalIP", Address = $"10.0.0.{index + 1}" }],
            Conditions = conditions.Select(condition => new NodeCondition
            {
                Type = condition.Type,
                Status = condition.Status,
                Reason = condition.Reason,
                LastHeartbeatTime = now,
                LastTransitionTime = now,
            }).ToValueList(),
        };
    }

    private async Task<Lease> WriteLeaseAsync(Lease? known, CancellationToken cancel)
    {
        var now = MicroTimestamp.From(time.GetUtcNow());
        try
        {
            var lease = known ?? await client.GetAsync<Lease>("kube-node-lease", name, cancel);
            return await client.UpdateAsync(lease with { Spec = lease.Spec with { RenewTime = now } }, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return await client.CreateAsync(
                new Lease
                {
                    Metadata = new() { Namespace = "kube-node-lease", Name = name },
                    Spec = new() { HolderIdentity = name, LeaseDurationSeconds = 40, RenewTime = now },
                },
                cancel);
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_pods!.Cache.TryGet(key, out var pod))
        {
            return await ForgetAsync(key, cancel);
        }

        var uid = pod.Metadata.Uid;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            if (Wait($"end {uid}", 0.2, 4) is { } untilEnd)
            {
                return ReconcileResult.Again(untilEnd);
            }

            identities?.Ended(pod);
            attachments.Ended(pod);
            await EndAsync(pod, cancel);
            return ReconcileResult.Done;
        }

        var isReady = pod.Status.Conditions.Any(condition =>
            condition.Type == PodConditionType.Ready && condition.Status == ConditionStatus.True);
        if (pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return ReconcileResult.Done;
        }

        if (isReady)
        {
            return pod.Spec.RestartPolicy == RestartPolicy.Always ? ReconcileResult.Done : await WorkAsync(pod, cancel);
        }

        if (Wait($"start {uid}", 0.3, 6) is { } untilStart)
        {
            return ReconcileResult.Again(untilStart);
        }

        var disks = Storerooms.DisksOf(pod);
        if (!await _storage.MountAsync(Self(), pod, disks, cancel))
        {
            return ReconcileResult.Again(TimeSpan.FromSeconds(2));
        }

        identities?.Started(pod);
        if (disks.Count > 0)
        {
            attachments.Started(pod, disks);
        }

        await client.UpdateStatusAsync(pod with { Status = Running(pod) }, cancel);
        return ReconcileResult.Done;
    }

    /// <summary>The pod was deleted without waiting for this node, or this node has said that it is over.</summary>
    private async Task<ReconcileResult> ForgetAsync(ObjectKey key, CancellationToken cancel)
    {
        if (_storage.Left(key) is { } pod)
        {
            if (Wait($"unmount {pod.Metadata.Uid}", 0.5, 5) is { } untilUnmount)
            {
                return ReconcileResult.Again(untilUnmount);
            }

            attachments.Ended(pod);
        }

        await _storage.UnmountAsync(key, Self(), _pods!.Cache.List(), cancel);
        return ReconcileResult.Done;
    }

    private Node? Self() => _node?.Cache.Get("", name);

    /// <summary>The pod of a job ends some time, mostly well.</summary>
    private async Task<ReconcileResult> WorkAsync(Pod pod, CancellationToken cancel)
    {
        if (Wait($"work {pod.Metadata.Uid}", 1, 20) is { } untilDone)
        {
            return ReconcileResult.Again(untilDone);
        }

        var phase = random.Next(6) == 0 ? PodPhase.Failed : PodPhase.Succeeded;
        await client.UpdateStatusAsync(
            pod with
            {
                Status = pod.Status with
                {
                    Phase = phase,
                    Conditions = pod.Status.Conditions.Map(condition => condition.Type == PodConditionType.Ready
                        ? condition with
                        {
                            Status = ConditionStatus.False,
                            LastTransitionTime = Timestamp.From(time.GetUtcNow()),
                        }
                        : condition),
                },
            },
            cancel);
        return ReconcileResult.Done;
    }

    /// <summary>How long until something that takes a while is done; null: it is.</summary>
    private TimeSpan? Wait(string what, double minSeconds, double maxSeconds)
    {
        var now = time.GetUtcNow();
        if (!_dueAt.TryGetValue(what, out var due))
        {
            var seconds = (minSeconds + (random.NextDouble() * (maxSeconds - minSeconds))) * slowness;
            _dueAt[what] = due = now.AddSeconds(seconds);
        }

        return due > now ? due - now : null;
    }

    /// <summary>As a kubelet does: the pod's end is told before it is removed, for those who count ends.</summary>
    private async Task EndAsync(Pod pod, CancellationToken cancel)
    {
        try
        {
            if (pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed))
            {
                var failed = Netes.Client.Patch.Strategic(
                    $$"""{"metadata":{"uid":"{{pod.Metadata.Uid}}" },"status":{"phase":"Failed"} }""");
                await client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, failed, "status", cancel);
            }

            var now = new DeleteOptions
            {
                GracePeriodSeconds = 0,
                Preconditions = new Netes.Api.Meta.Preconditions { Uid = pod.Metadata.Uid },
            };
            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, now, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound || failure.IsConflict)
        {
            // Somebody else removed it.
        }
    }

    private PodStatus Running(Pod pod)
    {
        if (!_addresses.TryGetValue(pod.Metadata.Uid, out var number))
        {
            _addresses[pod.Metadata.Uid] = number = _addresses.Count;
        }

        var address =
            string.Create(CultureInfo.InvariantCulture, $"10.{100 + index}.{number / 250}.{(number % 250) + 1}");
        var now = Timestamp.From(time.GetUtcNow());
        var ready = new PodCondition
        {
            Type = PodConditionType.Ready, Status = ConditionStatus.True, LastTransitionTime = now,
        };
        return pod.Status with
        {
            Phase = PodPhase.Running,
            StartTime = now,
            PodIP = pod.Status.PodIP.Length > 0 ? pod.Status.PodIP : address,
            PodIPs = pod.Status.PodIP.Length > 0 ? pod.Status.PodIPs : [new PodIP { IP = address }],
            Conditions = pod.Status.Conditions
                .Where(condition => condition.Type != PodConditionType.Ready)
                .Append(ready)
                .ToValueList(),
        };
    }
}
