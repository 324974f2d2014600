using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Tells each node how long it may keep secrets and config maps: the longer, the more nodes ask.
/// Source: pkg/controller/ttl/ttl_controller.go.
/// </summary>
internal sealed class NodeTtlController : IController
{
    private const string Annotation = "node.alpha.kubernetes.io/ttl";

    private readonly ControllerContext _context;
    private readonly ObjectCache<Node> _nodes;
    private readonly KeyedController<ObjectKey> _keyed;
    private int _step;

    public NodeTtlController(ControllerContext context)
    {
        _context = context;
        _keyed = new KeyedController<ObjectKey>(
            context, Name, ReconcileAsync, queue: new QueueSettings("ttlcontroller"));
        var nodes = context.Informers.Get<Node>();
        _nodes = nodes.Cache;
        nodes.AddHandler(change =>
        {
            if (change.Old is null || change.New is null)
            {
                Step();
            }

            if (change.New is { } node && (change.Old is null
                || change.Old.Metadata.Annotations.Get(Annotation) != node.Metadata.Annotations.Get(Annotation)))
            {
                _keyed.Queue.Add(change.Key);
            }
        });
    }

    public string Name => "ttl-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    /// <summary>Informers call one after the other. When the time changes, it does for all.</summary>
    private void Step()
    {
        var step = TtlPlan.Next(_step, _nodes.Count);
        if (step == _step)
        {
            return;
        }

        Volatile.Write(ref _step, step);
        foreach (var node in _nodes.List())
        {
            _keyed.Queue.Add(ObjectKey.Of(node));
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        var wanted = TtlPlan.Seconds(Volatile.Read(ref _step)).ToString(CultureInfo.InvariantCulture);
        if (_nodes.TryGet(key, out var node) && node.Metadata.DeletionTimestamp is null
            && node.Metadata.Annotations.Get(Annotation) != wanted)
        {
            var patch = Json.Strategic(json => json.Object("metadata", metadata => metadata.Object(
                "annotations", annotations => annotations.WriteString(Annotation, wanted))));
            try
            {
                await _context.Client.PatchAsync<Node>("", key.Name, patch, "", cancel);
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                return ReconcileResult.Done;
            }
        }

        return ReconcileResult.Done;
    }
}

/// <summary>How long, for how many nodes. Bounds overlap, so that one node more or less changes nothing.</summary>
internal static class TtlPlan
{
    private static readonly (int Min, int Max, int Seconds)[] Steps =
    [
        (0, 100, 0), (90, 500, 15), (450, 1000, 30), (900, 2000, 60), (1800, int.MaxValue, 300),
    ];

    public static int Seconds(int step) => Steps[step].Seconds;

    public static int Next(int step, int nodes)
    {
        while (nodes > Steps[step].Max)
        {
            step++;
        }

        while (nodes < Steps[step].Min)
        {
            step--;
        }

        return step;
    }
}
