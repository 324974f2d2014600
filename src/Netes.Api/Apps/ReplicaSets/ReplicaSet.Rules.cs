using Netes.Api.Core;

namespace Netes.Api.Apps;

/// <summary>
/// Source: SetDefaults_ReplicaSet of pkg/apis/apps/v1/defaults.go, pkg/registry/apps/replicaset/strategy.go,
/// ValidateReplicaSet of pkg/apis/apps/validation/validation.go.
/// </summary>
internal static class ReplicaSetRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static ReplicaSet Default(ReplicaSet set) => set with
    {
        Spec = set.Spec with
        {
            Replicas = set.Spec.Replicas ?? 1,
            Template = PodSpecDefaults.Apply(set.Spec.Template),
        },
    };

    public static ReplicaSet PrepareCreate(ReplicaSet set) => set with { Status = ReplicaSetStatus.Empty };

    public static List<FieldError> Validate(ReplicaSet set)
    {
        List<FieldError> errors = [];
        errors.NotNegative(Spec.Child("replicas"), set.Spec.Replicas);
        errors.NotNegative(Spec.Child("minReadySeconds"), set.Spec.MinReadySeconds);
        Workloads.ValidateSelector(set.Spec.Selector, Spec.Child("selector"), "deployment", errors);
        Workloads.ValidateReplicaTemplate(set.Spec.Template, set.Spec.Selector, Spec.Child("template"), errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(ReplicaSet next, ReplicaSet old)
    {
        var errors = Validate(next);
        errors.Immutable(Spec.Child("selector"), next.Spec.Selector, old.Spec.Selector);
        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(ReplicaSet next, ReplicaSet old)
    {
        List<FieldError> errors = [];
        var status = next.Status;
        errors.NotNegative(Status.Child("replicas"), status.Replicas);
        errors.NotNegative(Status.Child("fullyLabeledReplicas"), status.FullyLabeledReplicas);
        errors.NotNegative(Status.Child("readyReplicas"), status.ReadyReplicas);
        errors.NotNegative(Status.Child("availableReplicas"), status.AvailableReplicas);
        errors.NotNegative(Status.Child("observedGeneration"), status.ObservedGeneration);
        Workloads.AtMost(status.FullyLabeledReplicas, status.Replicas, "fullyLabeledReplicas", errors);
        Workloads.AtMost(status.ReadyReplicas, status.Replicas, "readyReplicas", errors);
        Workloads.AtMost(status.AvailableReplicas, status.Replicas, "availableReplicas", errors);
        Workloads.AtMostReady(status.AvailableReplicas, status.ReadyReplicas, errors);
        return errors;
    }
}
