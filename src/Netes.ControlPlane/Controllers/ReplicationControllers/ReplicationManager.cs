using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// Replication controllers: replica sets with a plain selector. Source: pkg/controller/replication/conversion.go.
/// </summary>
internal sealed class ReplicationManager(ControllerContext context) : IController
{
    private const string ControllerName = "replication-controller";

    private readonly ReplicaLoop<ReplicationController> _loop = new(
        context, ControllerName, "replicationmanager", View, WithStatus);

    public string Name => ControllerName;

    public Task RunAsync(CancellationToken cancel) => _loop.RunAsync(cancel);

    /// <summary>The same wish as a replica set.</summary>
    internal static ReplicaSet View(ReplicationController controller) => new()
    {
        Metadata = controller.Metadata,
        Spec = new()
        {
            Replicas = controller.Spec.Replicas,
            MinReadySeconds = controller.Spec.MinReadySeconds,
            Selector = controller.Spec.Selector.IsEmpty ? null : new() { MatchLabels = controller.Spec.Selector },
            Template = controller.Spec.Template ?? PodTemplateSpec.Empty,
        },
        Status = new()
        {
            Replicas = controller.Status.Replicas,
            FullyLabeledReplicas = controller.Status.FullyLabeledReplicas,
            ReadyReplicas = controller.Status.ReadyReplicas,
            AvailableReplicas = controller.Status.AvailableReplicas,
            ObservedGeneration = controller.Status.ObservedGeneration,
            Conditions = controller.Status.Conditions.Select(condition => new ReplicaSetCondition
            {
                Type = condition.Type,
                Status = condition.Status,
                LastTransitionTime = condition.LastTransitionTime,
                Reason = condition.Reason,
                Message = condition.Message,
            }).ToValueList(),
        },
    };

    internal static ReplicationController WithStatus(ReplicationController controller, ReplicaSetStatus status) =>
        controller with
        {
            Status = new()
            {
                Replicas = status.Replicas,
                FullyLabeledReplicas = status.FullyLabeledReplicas,
                ReadyReplicas = status.ReadyReplicas,
                AvailableReplicas = status.AvailableReplicas,
                ObservedGeneration = status.ObservedGeneration,
                Conditions = status.Conditions.Select(condition => new ReplicationControllerCondition
                {
                    Type = condition.Type,
                    Status = condition.Status,
                    LastTransitionTime = condition.LastTransitionTime,
                    Reason = condition.Reason,
                    Message = condition.Message,
                }).ToValueList(),
            },
        };
}
