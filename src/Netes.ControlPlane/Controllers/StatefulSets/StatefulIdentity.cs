using System.Globalization;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>
/// What makes a pod the n-th of its stateful set: name, labels, host name and volumes. Pure.
/// Source: pkg/controller/statefulset/stateful_set_utils.go.
/// </summary>
internal static class StatefulIdentity
{
    public const string PodNameLabel = "statefulset.kubernetes.io/pod-name";
    public const string PodIndexLabel = "apps.kubernetes.io/pod-index";

    public static int Start(StatefulSet set) => set.Spec.Ordinals?.Start ?? 0;

    public static string PodName(StatefulSet set, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{set.Metadata.Name}-{ordinal}");

    /// <summary>The number at the end of a pod's name; -1: it has none, or belongs to a set of another name.</summary>
    public static int Ordinal(StatefulSet set, string podName)
    {
        var dash = podName.LastIndexOf('-');
        return dash == set.Metadata.Name.Length && podName.StartsWith(set.Metadata.Name, StringComparison.Ordinal)
            && int.TryParse(podName.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && PodName(set, ordinal) == podName
                ? ordinal
                : -1;
    }

    /// <summary>The pod is one of those that the set wants, not one to be scaled away.</summary>
    public static bool IsWanted(StatefulSet set, Pod pod) =>
        Ordinal(set, pod.Metadata.Name) - Start(set) is >= 0 and var index && index < (set.Spec.Replicas ?? 1);

    /// <summary>The pod of an ordinal as it should be made.</summary>
    /// <param name="set">The stateful set.</param>
    /// <param name="template">The template of the pod's revision.</param>
    /// <param name="revision">The name of that revision.</param>
    /// <param name="ordinal">Which pod.</param>
    public static Pod NewPod(StatefulSet set, PodTemplateSpec template, string revision, int ordinal)
    {
        var pod = PodControl.FromTemplate(template, set);
        var name = PodName(set, ordinal);
        pod = pod with
        {
            Metadata = pod.Metadata with
            {
                GenerateName = "",
                Name = name,
                Labels = pod.Metadata.Labels.Set(RevisionHistory.HashLabel, revision),
            },
            Spec = pod.Spec with { Hostname = name, Subdomain = set.Spec.ServiceName },
        };
        return WithStorage(set, WithIdentity(set, pod));
    }

    public static bool HasIdentity(StatefulSet set, Pod pod) =>
        Ordinal(set, pod.Metadata.Name) is >= 0 and var ordinal
        && pod.Metadata.Labels.Get(PodNameLabel, "") == pod.Metadata.Name
        && pod.Metadata.Labels.Get(PodIndexLabel, "") == ordinal.ToString(CultureInfo.InvariantCulture);

    public static Pod WithIdentity(StatefulSet set, Pod pod)
    {
        var ordinal = Ordinal(set, pod.Metadata.Name).ToString(CultureInfo.InvariantCulture);
        var labels = pod.Metadata.Labels.Set(PodNameLabel, pod.Metadata.Name).Set(PodIndexLabel, ordinal);
        return pod with { Metadata = pod.Metadata with { Labels = labels } };
    }

    /// <summary>Each claim of the set is a volume of the pod.</summary>
    public static bool HasStorage(StatefulSet set, Pod pod)
    {
        var ordinal = Ordinal(set, pod.Metadata.Name);
        return set.Spec.VolumeClaimTemplates.All(template => pod.Spec.Volumes.Any(volume =>
            volume.Name == template.Metadata.Name
            && volume.VolumeSource.PersistentVolumeClaim?.ClaimName == ClaimName(set, template, ordinal)));
    }

    /// <summary>The set's claims take the place of volumes of the same name.</summary>
    public static Pod WithStorage(StatefulSet set, Pod pod)
    {
        var templates = set.Spec.VolumeClaimTemplates;
        if (templates.IsEmpty)
        {
            return pod;
        }

        var ordinal = Ordinal(set, pod.Metadata.Name);
        var names = templates.Select(template => template.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var volumes = templates
            .Select(template => new Volume
            {
                Name = template.Metadata.Name,
                VolumeSource = new()
                {
                    PersistentVolumeClaim = new() { ClaimName = ClaimName(set, template, ordinal) },
                },
            })
            .Concat(pod.Spec.Volumes.Where(volume => !names.Contains(volume.Name)));
        return pod with { Spec = pod.Spec with { Volumes = volumes.ToValueList() } };
    }

    public static string ClaimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) => string.Create(
        CultureInfo.InvariantCulture, $"{template.Metadata.Name}-{set.Metadata.Name}-{ordinal}");

    /// <summary>The names of the claims of an ordinal.</summary>
    public static IEnumerable<string> ClaimNames(StatefulSet set, Pod pod)
    {
        var ordinal = Ordinal(set, pod.Metadata.Name);
        return set.Spec.VolumeClaimTemplates.Select(template => ClaimName(set, template, ordinal));
    }

    /// <summary>
    /// The claims of a pod as they should be made. The set owns them from the start when they are to go with it, so
    /// that a crash after their creation leaves nothing behind; Kubernetes adds that owner after the pod's creation.
    /// </summary>
    public static IEnumerable<PersistentVolumeClaim> Claims(StatefulSet set, Pod pod)
    {
        var ordinal = Ordinal(set, pod.Metadata.Name);
        var selected = set.Spec.Selector?.MatchLabels ?? default;
        return set.Spec.VolumeClaimTemplates.Select(template => ClaimRetention.Apply(template with
        {
            Metadata = template.Metadata with
            {
                Namespace = set.Metadata.Namespace,
                Name = ClaimName(set, template, ordinal),
                Labels = selected.Aggregate(
                    template.Metadata.Labels, (labels, pair) => labels.Set(pair.Key, pair.Value)),
            },
            Status = PersistentVolumeClaimStatus.Empty,
        }, set, pod));
    }
}
