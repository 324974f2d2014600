using Netes.Api.Apps;

namespace Netes.ControlPlane;

/// <summary>Replica sets. Source: pkg/controller/replicaset/replica_set.go.</summary>
internal sealed class ReplicaSetController(ControllerContext context) : IController
{
    private const string ControllerName = "replicaset-controller";

    private readonly ReplicaLoop<ReplicaSet> _loop = new(
        context, ControllerName, "replicaset", static set => set, static (set, status) => set with { Status = status });

    public string Name => ControllerName;

    public Task RunAsync(CancellationToken cancel) => _loop.RunAsync(cancel);
}
