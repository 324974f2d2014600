using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Nodes;

namespace Netes.ApiServer.Admission;

/// <summary>
/// What a runtime class costs, and where it runs, goes into the pod. Source:
/// plugin/pkg/admission/runtimeclass/admission.go.
/// </summary>
internal sealed class RuntimeClassAdmission(IObjectReader objects) : IMutatingAdmissionPlugin
{
    public string Name => "RuntimeClass";

    public async ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!attributes.Is("", "pods") || attributes.Operation != AdmissionOperation.Create
            || attributes.Object is not Pod pod)
        {
            return attributes.Object;
        }

        if (pod.Spec.RuntimeClassName is not { Length: > 0 } name)
        {
            return pod.Spec.Overhead.IsEmpty
                ? pod
                : throw attributes.Forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass "
                    + "defined");
        }

        var found = objects.Get<RuntimeClass>("", name) ?? await objects.GetLatestAsync<RuntimeClass>("", name, cancel)
            ?? throw attributes.Forbidden($"pod rejected: RuntimeClass {FieldError.Quote(name)} not found");
        return Schedule(attributes, AddOverhead(attributes, pod, found), found);
    }

    private static Pod AddOverhead(AdmissionAttributes attributes, Pod pod, RuntimeClass found)
    {
        var overhead = found.Overhead?.PodFixed ?? default;
        if (!pod.Spec.Overhead.IsEmpty && pod.Spec.Overhead != overhead)
        {
            throw attributes.Forbidden(
                "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }

        return pod with { Spec = pod.Spec with { Overhead = overhead } };
    }

    private static Pod Schedule(AdmissionAttributes attributes, Pod pod, RuntimeClass found)
    {
        if (found.Scheduling is not { } scheduling)
        {
            return pod;
        }

        var selector = pod.Spec.NodeSelector;
        foreach (var (key, value) in scheduling.NodeSelector)
        {
            if (selector.TryGetValue(key, out var there) && there != value)
            {
                throw attributes.Forbidden(
                    $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = "
                        + $"{there}");
            }

            selector = selector.Set(key, value);
        }

        var tolerations = pod.Spec.Tolerations.AddRange(scheduling.Tolerations.Except(pod.Spec.Tolerations));
        return pod with { Spec = pod.Spec with { NodeSelector = selector, Tolerations = tolerations } };
    }
}
