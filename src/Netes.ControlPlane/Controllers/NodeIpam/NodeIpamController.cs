using System.Net;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Gives each node its range of pod addresses. Source: pkg/controller/nodeipam/ipam/range_allocator.go.
/// </summary>
internal sealed class NodeIpamController : IController
{
    /// <summary>A write is tried so often before users are told.</summary>
    private const int Tries = 3;

    private readonly ControllerContext _context;
    private readonly ObjectCache<Node> _nodes;
    private readonly CidrRange[] _ranges;
    private readonly Dictionary<string, string[]> _allocated = new(StringComparer.Ordinal);
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;
    private bool _occupied;

    public NodeIpamController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("cidrAllocator");
        var metrics = context.Options.Metrics is { } registry ? new CidrMetrics(registry) : null;
        _ranges = [.. context.Options.ClusterCidrs.Select(cidr => new CidrRange(
            cidr,
            IPNetwork.Parse(cidr).BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? context.Options.NodeCidrMaskSizeIPv6
                : context.Options.NodeCidrMaskSizeIPv4,
            metrics))];
        metrics?.Watch(_ranges);
        foreach (var service in context.Options.ServiceCidrs)
        {
            _ = _ranges.Any(range => range.Occupy(service));
        }

        // One worker: the ranges are not shared between tasks.
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, workers: 1, queue: new QueueSettings("cidrallocator_node"));
        var nodes = context.Informers.Get<Node>();
        _nodes = nodes.Cache;
        nodes.AddHandler(change =>
        {
            if (change.New is null || change.New.Spec.PodCIDRs != change.Old?.Spec.PodCIDRs
                || change.New.Spec.PodCIDRs.IsEmpty)
            {
                _keyed.Queue.Add(change.Key);
            }
        });
    }

    public string Name => "node-ipam-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        OccupyAtStart();
        var node = _nodes.Get(key);
        if (node is null)
        {
            Release(key.Name);
            return ReconcileResult.Done;
        }

        if (!node.Spec.PodCIDRs.IsEmpty || _ranges.Length == 0)
        {
            Occupy(node);
            return ReconcileResult.Done;
        }

        if (!_allocated.TryGetValue(key.Name, out var parts))
        {
            parts = Allocate();
            if (parts is null)
            {
                _events.Normal(node, "CIDRNotAvailable", $"Node {key.Name} status is now: CIDRNotAvailable");
                throw new InvalidOperationException("failed to allocate cidr from cluster cidr: "
                    + "CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range");
            }

            _allocated[key.Name] = parts;
        }

        await StoreAsync(node, parts, cancel);
        return ReconcileResult.Done;
    }

    /// <summary>What could not be written stays the node's: the write may have arrived.</summary>
    private async Task StoreAsync(Node node, string[] parts, CancellationToken cancel)
    {
        var name = node.Metadata.Name;
        var patch = Json.Strategic(json => json.Object("spec", spec =>
        {
            spec.WriteString("podCIDR", parts[0]);
            spec.Array("podCIDRs", list =>
            {
                foreach (var part in parts)
                {
                    list.WriteStringValue(part);
                }
            });
        }));
        for (var tries = 1; ; tries++)
        {
            try
            {
                await _context.Client.PatchAsync<Node>("", name, patch, "", cancel);
                return;
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                // The cache will show that it went.
                return;
            }
            catch (ApiException) when (tries < Tries)
            {
                continue;
            }
            catch (ApiException)
            {
                _events.Normal(node, "CIDRAssignmentFailed", $"Node {name} status is now: CIDRAssignmentFailed");
                throw;
            }
        }
    }

    /// <summary>Before the first allocation: what nodes have from earlier is taken.</summary>
    private void OccupyAtStart()
    {
        if (_occupied)
        {
            return;
        }

        _occupied = true;
        foreach (var node in _nodes.List().Where(node => !node.Spec.PodCIDRs.IsEmpty))
        {
            Occupy(node);
        }
    }

    /// <summary>What a node has is taken, also where it brought it itself.</summary>
    private void Occupy(Node node)
    {
        string[] parts = [.. node.Spec.PodCIDRs];
        if (_allocated.TryGetValue(node.Metadata.Name, out var known) && known.SequenceEqual(parts))
        {
            return;
        }

        Release(node.Metadata.Name);
        _allocated[node.Metadata.Name] = parts;
        foreach (var part in parts)
        {
            _ = _ranges.Any(range => range.Occupy(part));
        }
    }

    private string[]? Allocate()
    {
        var parts = new List<string>();
        foreach (var range in _ranges)
        {
            if (range.Allocate() is not { } part)
            {
                Release(parts);
                return null;
            }

            parts.Add(part);
        }

        return [.. parts];
    }

    private void Release(string node)
    {
        if (_allocated.Remove(node, out var parts))
        {
            Release(parts);
        }
    }

    private void Release(IEnumerable<string> parts)
    {
        foreach (var part in parts)
        {
            foreach (var range in _ranges)
            {
                range.Release(part);
            }
        }
    }
}
