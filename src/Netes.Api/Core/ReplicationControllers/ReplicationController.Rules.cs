namespace Netes.Api.Core;

/// <summary>Source: SetDefaults_ReplicationController and ValidateReplicationController under pkg/apis/core.</summary>
internal static class ReplicationControllerRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static ReplicationController Default(ReplicationController item)
    {
        var labels = item.Spec.Template?.Metadata.Labels ?? default;
        return item with
        {
            Metadata = item.Metadata.Labels.IsEmpty ? item.Metadata with { Labels = labels } : item.Metadata,
            Spec = item.Spec with
            {
                Replicas = item.Spec.Replicas ?? 1,
                Selector = item.Spec.Selector.IsEmpty ? labels : item.Spec.Selector,
                Template = item.Spec.Template is { } template ? PodSpecDefaults.Apply(template) : null,
            },
        };
    }

    public static ReplicationController PrepareCreate(ReplicationController item) =>
        item with { Status = ReplicationControllerStatus.Empty };

    public static List<FieldError> Validate(ReplicationController item)
    {
        List<FieldError> errors = [];
        var spec = item.Spec;
        errors.NotNegative(Spec.Child("minReadySeconds"), spec.MinReadySeconds);
        if (spec.Selector.IsEmpty)
        {
            errors.Required(Spec.Child("selector"));
        }

        errors.NotNegative(Spec.Child("replicas"), spec.Replicas);
        var path = Spec.Child("template");
        if (spec.Template is not { } template)
        {
            errors.Required(path);
            return errors;
        }

        if (!spec.Selector.All(pair => template.Metadata.Labels.Get(pair.Key) == pair.Value))
        {
            errors.Invalid(path.Child("metadata").Child("labels"), Shown.Map(template.Metadata.Labels),
                "`selector` does not match template `labels`");
        }

        PodTemplateValidation.Validate(template, path, errors);
        errors.OneOf(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, RestartPolicy.Always);
        if (template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"),
                "activeDeadlineSeconds in ReplicationController is not Supported");
        }

        return errors;
    }

    public static List<FieldError> ValidateStatusUpdate(ReplicationController next, ReplicationController old)
    {
        List<FieldError> errors = [];
        var status = next.Status;
        errors.NotNegative(Status.Child("replicas"), status.Replicas);
        errors.NotNegative(Status.Child("fullyLabeledReplicas"), status.FullyLabeledReplicas);
        errors.NotNegative(Status.Child("readyReplicas"), status.ReadyReplicas);
        errors.NotNegative(Status.Child("availableReplicas"), status.AvailableReplicas);
        errors.NotNegative(Status.Child("observedGeneration"), status.ObservedGeneration);
        Apps.Workloads.AtMost(status.FullyLabeledReplicas, status.Replicas, "fullyLabeledReplicas", errors);
        Apps.Workloads.AtMost(status.ReadyReplicas, status.Replicas, "readyReplicas", errors);
        Apps.Workloads.AtMost(status.AvailableReplicas, status.Replicas, "availableReplicas", errors);
        Apps.Workloads.AtMostReady(status.AvailableReplicas, status.ReadyReplicas, errors);
        return errors;
    }
}
