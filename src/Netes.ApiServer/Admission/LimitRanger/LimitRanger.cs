using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Fills in what LimitRanges give by default, and holds pods and claims to their bounds.
/// Source: plugin/pkg/admission/limitranger/admission.go.
/// </summary>
internal sealed class LimitRanger(IObjectReader objects) : IMutatingAdmissionPlugin, IValidatingAdmissionPlugin
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    public string Name => "LimitRanger";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!IsPodCreate(attributes) || attributes.Object is not Pod pod)
        {
            return new(attributes.Object);
        }

        var items = Items(attributes.Namespace).Where(static item => item.Type == LimitType.Container).ToList();
        if (items.Count == 0)
        {
            return new(pod);
        }

        var notes = new List<string>();
        var limits = items.Aggregate(default(ValueMap<Quantity>), static (sum, item) => First(sum, item.Default));
        var requests = items.Aggregate(
            default(ValueMap<Quantity>), static (sum, item) => First(sum, item.DefaultRequest));
        var spec = pod.Spec with
        {
            Containers = pod.Spec.Containers.Select(
                container => Complete(container, "container", requests, limits, notes))
                .ToValueList(),
            InitContainers = pod.Spec.InitContainers
                .Select(container => Complete(container, "init container", requests, limits, notes)).ToValueList(),
        };
        return new(notes.Count == 0 ? pod : pod with
        {
            Spec = spec,
            Metadata = pod.Metadata with
            {
                Annotations = pod.Metadata.Annotations.Set(
                    Annotation, $"LimitRanger plugin set: {string.Join("; ", notes)}"),
            },
        });
    }

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        var errors = new List<string>();
        foreach (var item in Items(attributes.Namespace))
        {
            switch (attributes.Object)
            {
                case Pod pod when IsPodCreate(attributes) || attributes.Is("", "pods", "resize"):
                    errors.AddRange(LimitRules.CheckPod(item, pod.Spec));
                    break;
                case PersistentVolumeClaim claim when attributes.Is("", "persistentvolumeclaims"):
                    errors.AddRange(LimitRules.CheckClaim(item, claim.Spec));
                    break;
            }
        }

        return errors.Count switch
        {
            0 => ValueTask.CompletedTask,
            1 => throw attributes.Forbidden(errors[0]),
            _ => throw attributes.Forbidden($"[{string.Join(", ", errors.Distinct())}]"),
        };
    }

    private static bool IsPodCreate(AdmissionAttributes attributes) =>
        attributes.Is("", "pods") && attributes.Operation == AdmissionOperation.Create;

    private IEnumerable<LimitRangeItem> Items(string namespaceName) => namespaceName.Length == 0
        ? []
        : objects.List<LimitRange>(namespaceName).SelectMany(static range => range.Spec.Limits.ToArray());

    private static ValueMap<Quantity> First(ValueMap<Quantity> there, ValueMap<Quantity> more)
    {
        foreach (var (name, amount) in more)
        {
            there = there.ContainsKey(name) ? there : there.Set(name, amount);
        }

        return there;
    }

    private static Container Complete(
        Container container, string word, ValueMap<Quantity> requests, ValueMap<Quantity> limits, List<string> notes)
    {
        var resources = container.Resources;
        var newRequests = requests.Keys.Where(name => !resources.Requests.ContainsKey(name)).ToList();
        var newLimits = limits.Keys.Where(name => !resources.Limits.ContainsKey(name)).ToList();
        if (newRequests.Count > 0)
        {
            notes.Add($"{string.Join(", ", newRequests)} request for {word} {container.Name}");
        }

        if (newLimits.Count > 0)
        {
            notes.Add($"{string.Join(", ", newLimits)} limit for {word} {container.Name}");
        }

        return container with
        {
            Resources = resources with
            {
                Requests = First(resources.Requests, requests),
                Limits = First(resources.Limits, limits),
            },
        };
    }
}
