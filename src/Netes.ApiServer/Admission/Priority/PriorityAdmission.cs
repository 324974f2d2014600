using Netes.Api.Core;
using Netes.Api.Scheduling;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Turns a priority class into a number. Source: plugin/pkg/admission/priority/admission.go.
/// </summary>
internal sealed class PriorityAdmission(IObjectReader objects) : IMutatingAdmissionPlugin, IValidatingAdmissionPlugin
{
    public string Name => "Priority";

    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!attributes.Is("", "pods") || attributes.Object is not Pod pod)
        {
            return attributes.Object;
        }

        return attributes.Operation switch
        {
            AdmissionOperation.Create => await AdmitAsync(attributes, pod, cancel),
            AdmissionOperation.Update when attributes.OldObject is Pod old => Keep(pod, old),
            _ => pod,
        };
    }

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes is { Operation: AdmissionOperation.Create or AdmissionOperation.Update }
            && attributes.Is("scheduling.k8s.io", "priorityclasses")
            && attributes.Object is PriorityClass { GlobalDefault: true } next
            && FindDefault() is { } other && other.Metadata.Name != next.Metadata.Name)
        {
            throw attributes.Forbidden(
                $"PriorityClass {other.Metadata.Name} is already marked as default. Only one default can exist");
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask<Pod> AdmitAsync(AdmissionAttributes attributes, Pod pod, CancellationToken cancel)
    {
        var chosen = pod.Spec.PriorityClassName.Length == 0
            ? FindDefault()
            : objects.Get<PriorityClass>("", pod.Spec.PriorityClassName)
                ?? await objects.GetLatestAsync<PriorityClass>("", pod.Spec.PriorityClassName, cancel)
                ?? throw attributes.Forbidden($"no PriorityClass with name {pod.Spec.PriorityClassName} was found");
        var priority = chosen?.Value ?? 0;
        if (pod.Spec.Priority is { } given && given != priority)
        {
            throw attributes.Forbidden(
                $"the integer value of priority ({given}) must not be provided in pod spec; "
                + $"priority admission controller computed {priority} from the given PriorityClass name");
        }

        var preemption = chosen?.PreemptionPolicy ?? "PreemptLowerPriority";
        if (pod.Spec.PreemptionPolicy is { } policy && policy != preemption)
        {
            throw attributes.Forbidden(
                $"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; "
                + $"priority admission controller computed {preemption} from the given PriorityClass name");
        }

        return pod with
        {
            Spec = pod.Spec with
            {
                PriorityClassName = chosen?.Metadata.Name ?? "",
                Priority = priority,
                PreemptionPolicy = preemption,
            },
        };
    }

    private static Pod Keep(Pod pod, Pod old) =>
        pod.Spec.Priority is null && old.Spec.Priority is not null
            ? pod with { Spec = pod.Spec with { Priority = old.Spec.Priority,
                PreemptionPolicy = old.Spec.PreemptionPolicy } }
            : pod;

    /// <summary>Should there be several, the lowest: it surprises least.</summary>
    private PriorityClass? FindDefault() => objects.List<PriorityClass>("")
        .Where(static candidate => candidate.GlobalDefault)
        .MinBy(static candidate => candidate.Value);
}
