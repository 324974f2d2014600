namespace Netes.Api.Core;

/// <summary>
/// What holds when a part of a pod is changed through a subresource of its own. Source:
/// ValidatePodEphemeralContainersUpdate and ValidatePodResize of pkg/apis/core/validation/validation.go.
/// </summary>
public static class PodSubresourceRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    /// <summary>Ephemeral containers are added, never changed or removed. The pods differ in nothing else.</summary>
    public static List<FieldError> CheckEphemeralContainers(Pod next, Pod old)
    {
        if (IsStatic(old))
        {
            return [FieldError.Forbidden(FieldPath.Of(""), "static pods do not support ephemeral containers")];
        }

        List<FieldError> errors = [];
        PodValidation.ValidateAny(next, errors);
        var path = Spec.Child("ephemeralContainers");
        foreach (var before in old.Spec.EphemeralContainers)
        {
            var name = before.EphemeralContainerCommon.Name;
            var after = next.Spec.EphemeralContainers.FirstOrDefault(
                other => other.EphemeralContainerCommon.Name == name);
            if (after is null)
            {
                errors.Forbidden(path, $"existing ephemeral containers {FieldError.Quote(name)} may not be removed\n");
            }
            else if (after != before)
            {
                errors.Forbidden(path, $"existing ephemeral containers {FieldError.Quote(name)} may not be changed\n"
                    + Differences.Between(before, after));
            }
        }

        return errors;
    }

    /// <summary>CPU and memory of containers may change while they run. The pods differ in resources alone.</summary>
    public static List<FieldError> CheckResize(Pod next, Pod old)
    {
        if (IsStatic(old))
        {
            return [FieldError.Forbidden(FieldPath.Of(""), "static pods cannot be resized")];
        }

        if (old.Spec.OS?.Name == OSName.Windows)
        {
            return [FieldError.Forbidden(FieldPath.Of(""), "windows pods cannot be resized")];
        }

        List<FieldError> errors = [];
        PodValidation.ValidateAny(next, errors);
        if (PodQuality.Compute(next.Spec) != old.Status.QOSClass)
        {
            errors.Invalid(Spec, next.Status.QOSClass, "Pod QOS Class may not change as a result of resizing");
        }

        if (old.Status.ContainerStatuses.FirstOrDefault(status => status.State.Running is not null)
            is { Resources: null })
        {
            errors.Forbidden(Spec, "Pod running on node without support for resize");
        }

        CheckContainers(next.Spec.Containers, old.Spec.Containers, "containers", errors);
        CheckContainers(next.Spec.InitContainers, old.Spec.InitContainers, "initContainers", errors);
        return errors;
    }

    private static bool IsStatic(Pod pod) => pod.Metadata.Annotations.ContainsKey(PodValidation.MirrorAnnotation);

    private static void CheckContainers(
        ValueList<Container> next, ValueList<Container> old, string field, List<FieldError> errors)
    {
        for (var i = 0; i < Math.Min(next.Count, old.Count); i++)
        {
            var (after, before) = (next[i].Resources, old[i].Resources);
            var path = Spec.Child(field).Index(i).Child("resources");
            var isInit = field == "initContainers";
            if (isInit && old[i].RestartPolicy != ContainerRestartPolicy.Always)
            {
                if (after != before)
                {
                    errors.Forbidden(Spec, "resources for non-sidecar init containers are immutable");
                }

                continue;
            }

            if (before.Requests.Keys.Except(after.Requests.Keys).Any())
            {
                errors.Forbidden(path.Child("requests"), "resource requests cannot be removed");
            }

            if (before.Limits.Keys.Except(after.Limits.Keys).Any())
            {
                errors.Forbidden(path.Child("limits"), "resource limits cannot be removed");
            }

            if (Fixed(after.Requests) != Fixed(before.Requests) || Fixed(after.Limits) != Fixed(before.Limits))
            {
                errors.Forbidden(Spec, isInit
                    ? "only cpu and memory resources for sidecar containers are mutable"
                    : "only cpu and memory resources are mutable");
            }
        }
    }

    private static ValueMap<Quantity> Fixed(ValueMap<Quantity> list) =>
        list.Remove(ResourceName.Cpu).Remove(ResourceName.Memory);
}
