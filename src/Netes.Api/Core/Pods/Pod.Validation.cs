using System.Globalization;

namespace Netes.Api.Core;

/// <summary>Source: ValidatePodCreate and ValidatePodUpdate of pkg/apis/core/validation/validation.go.</summary>
internal static class PodValidation
{
    public const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    private const string Updatable = "pod updates may not change fields other than `spec.containers[*].image`,"
        + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly FieldPath Annotations = FieldPath.Of("metadata").Child("annotations");

    public static List<FieldError> Validate(Pod pod)
    {
        List<FieldError> errors = [];
        ValidateAny(pod, errors);
        if (!pod.Spec.EphemeralContainers.IsEmpty)
        {
            errors.Forbidden(Spec.Child("ephemeralContainers"), "cannot be set on create");
        }

        if (pod.Spec.NodeName.Length > 0 && !pod.Spec.SchedulingGates.IsEmpty)
        {
            errors.Forbidden(Spec.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(Pod next, Pod old)
    {
        List<FieldError> errors = [];
        ValidateAny(next, errors);
        ValidateAnnotationUpdate(next, old, errors);
        if (!ValidateContainers(next.Spec.Containers, old.Spec.Containers, Spec.Child("containers"), errors)
            || !ValidateContainers(
                next.Spec.InitContainers, old.Spec.InitContainers, Spec.Child("initContainers"), errors)
            || !ValidateDeadline(next.Spec.ActiveDeadlineSeconds, old.Spec.ActiveDeadlineSeconds, errors))
        {
            return errors;
        }

        ValidateTolerations(next.Spec.Tolerations, old.Spec.Tolerations, errors);
        for (var i = 0; i < next.Spec.SchedulingGates.Count; i++)
        {
            var gate = next.Spec.SchedulingGates[i];
            if (!old.Spec.SchedulingGates.Contains(gate))
            {
                errors.Forbidden(Spec.Child("schedulingGates").Index(i).Child("name"),
                    $"only deletion is allowed, but found new scheduling gate '{gate.Name}'");
            }
        }

        var allowed = WithoutUpdatable(next.Spec, old.Spec);
        if (!old.Spec.SchedulingGates.IsEmpty)
        {
            allowed = GatedPodValidation.Validate(allowed, old.Spec, errors);
        }

        if (allowed != old.Spec)
        {
            errors.Forbidden(Spec, $"{Updatable}\n{Differences.Between(old.Spec, allowed)}");
        }

        return errors;
    }

    internal static void ValidateAny(Pod pod, List<FieldError> errors)
    {
        ValidateAnnotations(pod, errors);
        PodSpecValidation.Validate(pod.Spec, pod.Metadata, Spec, errors);
        if (pod.Spec.ServiceAccountName.Length == 0)
        {
            RequireNoTokens(pod.Spec.Volumes, errors);
        }

        for (var i = 0; i < pod.Spec.Containers.Count; i++)
        {
            ContainerValidation.ValidateImage(pod.Spec.Containers[i], Spec.Child("containers").Index(i), errors);
        }

        for (var i = 0; i < pod.Spec.InitContainers.Count; i++)
        {
            ContainerValidation.ValidateImage(
                pod.Spec.InitContainers[i], Spec.Child("initContainers").Index(i), errors);
        }
    }

    private static void RequireNoTokens(ValueList<Volume> volumes, List<FieldError> errors)
    {
        for (var i = 0; i < volumes.Count; i++)
        {
            var sources = volumes[i].VolumeSource.Projected?.Sources ?? default;
            for (var j = 0; j < sources.Count; j++)
            {
                if (sources[j].ServiceAccountToken is not null)
                {
                    errors.Forbidden(
                        Spec.Child("volumes").Index(i).Child("projected").Child("sources").Index(j).Child(
                            "serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set");
                }
            }
        }
    }

    private static void ValidateAnnotations(Pod pod, List<FieldError> errors)
    {
        var annotations = pod.Metadata.Annotations;
        if (annotations.TryGetValue(MirrorAnnotation, out var mirror) && pod.Spec.NodeName.Length == 0)
        {
            errors.Invalid(
                Annotations.Key(MirrorAnnotation), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }

        if (annotations.TryGetValue(CostAnnotation, out var cost)
            && (cost.StartsWith('+') || (cost.Length > 1 && cost[0] == '0')
                || !int.TryParse(cost, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            errors.Invalid(Annotations.Key(CostAnnotation), cost, "must be a 32bit integer");
        }
    }

    private static void ValidateAnnotationUpdate(Pod next, Pod old, List<FieldError> errors)
    {
        var had = old.Metadata.Annotations.TryGetValue(MirrorAnnotation, out var before);
        var has = next.Metadata.Annotations.TryGetValue(MirrorAnnotation, out var after);
        if (had && (!has || before != after))
        {
            errors.Forbidden(Annotations.Key(MirrorAnnotation), "may not remove or update mirror pod annotation");
        }
        else if (has && !had)
        {
            errors.Forbidden(Annotations.Key(MirrorAnnotation), "may not add mirror pod annotation");
        }
    }

    private static bool ValidateContainers(
        ValueList<Container> next, ValueList<Container> old, FieldPath path, List<FieldError> errors)
    {
        if (next.Count != old.Count)
        {
            errors.Forbidden(path, "pod updates may not add or remove containers");
            return false;
        }

        for (var i = 0; i < next.Count; i++)
        {
            errors.RequireText(path.Index(i).Child("image"), next[i].Image);
        }

        return true;
    }

    private static bool ValidateDeadline(long? next, long? old, List<FieldError> errors)
    {
        var path = Spec.Child("activeDeadlineSeconds");
        if (next is < 0 or > int.MaxValue)
        {
            errors.Invalid(path, next, Names.Range(0, int.MaxValue));
            return false;
        }

        if (next > old)
        {
            errors.Invalid(path, next, "must be less than or equal to previous value");
            return false;
        }

        if (next is null && old is not null)
        {
            errors.Invalid(path, next, "must not update from a positive integer to nil value");
        }

        return true;
    }

    private static void ValidateTolerations(
        ValueList<Toleration> next, ValueList<Toleration> old, List<FieldError> errors)
    {
        if (old.Any(
            before => !next.Any(after => after with { TolerationSeconds = before.TolerationSeconds } == before)))
        {
            errors.Forbidden(
                Spec.Child("tolerations"), "existing toleration can not be modified except its tolerationSeconds");
        }
    }

    private static PodSpec WithoutUpdatable(PodSpec next, PodSpec old) => next with
    {
        Containers = next.Containers.Select(
            (container, i) => container with { Image = old.Containers[i].Image }).ToValueList(),
        InitContainers = next.InitContainers
            .Select((container, i) => container with { Image = old.InitContainers[i].Image }).ToValueList(),
        ActiveDeadlineSeconds = old.ActiveDeadlineSeconds,
        SchedulingGates = old.SchedulingGates,
        Tolerations = old.Tolerations,
        TerminationGracePeriodSeconds = old.TerminationGracePeriodSeconds < 0 && next.TerminationGracePeriodSeconds == 1
            ? old.TerminationGracePeriodSeconds
            : next.TerminationGracePeriodSeconds,
    };
}
