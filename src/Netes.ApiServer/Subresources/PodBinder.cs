using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Media;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Subresources;

/// <summary>Gives pods to nodes, once. Source: pkg/registry/core/pod/storage/storage.go, BindingREST.</summary>
internal sealed class PodBinder(
    ResourceStore store, ResourceTable resources, ObjectAdmission admission, TimeProvider time)
{
    /// <param name="request">The request, with a Binding as its body.</param>
    /// <param name="podName">The pod of the URL; empty: the Binding's own name.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ApiResult> HandleAsync(RequestContext request, string podName, CancellationToken cancel)
    {
        var dryRun = WriteOptions.Check(request, "CreateOptions");
        var binding = await ValueReader.ReadAsync<Binding>(request, cancel);
        var name = podName.Length > 0 ? podName : binding.Metadata.Name;
        if (binding.Metadata.Name.Length > 0 && binding.Metadata.Name != name)
        {
            throw ApiErrors.BadRequest("name in URL does not match name in Binding object");
        }

        Check(binding, name);
        var pods = resources.Of(Pod.Resource);
        await admission.AdmitAsync(
            admission.Attributes(request, pods, AdmissionOperation.Create, dryRun) with
            {
                Kind = "Binding",
                Name = name,
                Object = binding with
                {
                    Metadata = binding.Metadata with { Name = name, Namespace = request.Info.Namespace },
                },
            },
            cancel);
        await BindAsync(pods, request.Info.Namespace, name, binding, dryRun, cancel);
        return Values.Answer(request, new Status { StatusValue = "Success", Code = 201 }, 201);
    }

    private async Task BindAsync(
        ServedResource pods, string namespaceName, string name, Binding binding, bool dryRun, CancellationToken cancel)
    {
        var entry = await store.UpdateAsync(pods.Cache, pods.Stored.KeyOf(namespaceName, name), current =>
        {
            var pod = (Pod)current.Record(pods.Stored);
            var problem = Problem(pod, binding);
            return problem is null
                ? ValueTask.FromResult(new Replacement(Bound(pod, binding), dryRun))
                : throw ApiErrors.Conflict("", "pods/binding", name, problem);
        }, cancel);
        if (entry is null)
        {
            throw ApiErrors.NotFound("", "pods", name);
        }
    }

    // Source: pkg/apis/core/validation/validation.go, ValidatePodBinding.
    private static void Check(Binding binding, string name)
    {
        var target = FieldPath.Of("target");
        var errors = new List<FieldError>();
        if (binding.Target.Kind is not ("" or "Node"))
        {
            errors.Add(FieldError.NotSupported(target.Child("kind"), binding.Target.Kind, ["Node", "<empty>"]));
        }

        if (binding.Target.Name.Length == 0)
        {
            errors.Add(FieldError.Required(target.Child("name")));
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("", "Binding", name, errors);
        }
    }

    private static string? Problem(Pod pod, Binding binding) =>
        binding.Metadata.Uid.Length > 0 && binding.Metadata.Uid != pod.Metadata.Uid
            ? $"Precondition failed: UID in precondition: {binding.Metadata.Uid}, UID in object meta: "
                + pod.Metadata.Uid
        : pod.Metadata.DeletionTimestamp is not null
            ? $"pod {pod.Metadata.Name} is being deleted, cannot be assigned to a host"
        : pod.Spec.NodeName.Length > 0
            ? $"pod {pod.Metadata.Name} is already assigned to node {FieldError.Quote(pod.Spec.NodeName)}"
        : !pod.Spec.SchedulingGates.IsEmpty ? $"pod {pod.Metadata.Name} has non-empty .spec.schedulingGates"
        : null;

    private Pod Bound(Pod pod, Binding binding)
    {
        var annotations = pod.Metadata.Annotations;
        foreach (var (key, value) in binding.Metadata.Annotations)
        {
            annotations = annotations.Set(key, value);
        }

        return pod with
        {
            Metadata = pod.Metadata with { Annotations = annotations },
            Spec = pod.Spec with { NodeName = binding.Target.Name },
            Status = pod.Status with
            {
                Conditions = PodConditions.With(pod.Status.Conditions, new PodCondition
                {
                    Type = PodConditionType.PodScheduled,
                    Status = Netes.Api.Core.ConditionStatus.True,
                    LastTransitionTime = Timestamp.From(time.GetUtcNow()),
                    ObservedGeneration = pod.Metadata.Generation,
                }),
            },
        };
    }
}
