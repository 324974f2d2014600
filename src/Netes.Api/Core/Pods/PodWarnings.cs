using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>What is allowed in a pod and yet likely a mistake. Source: pkg/api/pod/warnings.go.</summary>
internal static class PodWarnings
{
    private static readonly (string Key, string Message)[] Annotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["beta.kubernetes.io/arch"] = "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        ["beta.kubernetes.io/os"] = "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ["failure-domain.beta.kubernetes.io/region"] = "deprecated since v1.17; use "
            + "\"topology.kubernetes.io/region\" instead",
        ["failure-domain.beta.kubernetes.io/zone"] = "deprecated since v1.17; use "
            + "\"topology.kubernetes.io/zone\" instead",
        ["beta.kubernetes.io/instance-type"] = "deprecated since v1.17; use "
            + "\"node.kubernetes.io/instance-type\" instead",
    };

    private static readonly (Func<VolumeSource, bool> IsUsed, string Field, string Message)[] Volumes =
    [
        (static source => source.PhotonPersistentDisk is not null, "photonPersistentDisk",
            "deprecated in v1.11, non-functional in v1.16+"),
        (static source => source.GitRepo is not null, "gitRepo",
            "deprecated in v1.11, and disabled by default in v1.33+"),
        (static source => source.ScaleIO is not null, "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        (static source => source.Flocker is not null, "flocker", "deprecated in v1.22, non-functional in v1.25+"),
        (static source => source.StorageOS is not null, "storageOS", "deprecated in v1.22, non-functional in v1.25+"),
        (static source => source.Quobyte is not null, "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        (static source => source.Glusterfs is not null, "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        (static source => source.CephFS is not null, "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        (static source => source.RBD is not null, "rbd", "deprecated in v1.28, non-functional in v1.31+"),
    ];

    public static IEnumerable<string> Of(Pod pod) => Of(pod.Spec, pod.Metadata, FieldPath.Root);

    public static IEnumerable<string> Of(PodTemplateSpec? template, string path = "spec.template") =>
        template is null ? [] : Of(template.Spec, template.Metadata, FieldPath.Of(path));

    private static List<string> Of(PodSpec spec, ObjectMeta metadata, FieldPath root)
    {
        List<string> warnings = [];
        var path = root.Child("spec");
        WarnOfLabels(spec, path, warnings);
        foreach (var (key, message) in Annotations)
        {
            if (metadata.Annotations.ContainsKey(key))
            {
                warnings.Add($"{root.Child("metadata").Child("annotations").Key(key)}: {message}");
            }
        }

        WarnOfVolumes(spec.Volumes, path.Child("volumes"), warnings);
        WarnOfDuplicates(spec.HostAliases.Select(alias => alias.IP), path.Child("hostAliases"), "ip", warnings);
        WarnOfDuplicates(
            spec.ImagePullSecrets.Select(secret => secret.Name), path.Child("imagePullSecrets"), "name", warnings);
        WarnOfFractions(spec.Overhead, path.Child("overhead"), warnings);
        var containers = All(spec, path);
        foreach (var (container, at) in containers)
        {
            WarnOfFractions(container.Resources.Limits, at.Child("resources").Child("limits"), warnings);
            WarnOfFractions(container.Resources.Requests, at.Child("resources").Child("requests"), warnings);
            WarnOfEnv(container.Env, at.Child("env"), warnings);
        }

        PodPortWarnings.Add(containers, warnings);
        if (spec.TerminationGracePeriodSeconds < 0)
        {
            warnings.Add(
                $"{path.Child("terminationGracePeriodSeconds")}: must be >= 0; negative values are invalid and "
                + "will be treated as 1");
        }

        return warnings;
    }

    private static void WarnOfLabels(PodSpec spec, FieldPath path, List<string> warnings)
    {
        foreach (var key in spec.NodeSelector.Keys)
        {
            if (Labels.TryGetValue(key, out var message))
            {
                warnings.Add($"{path.Child("nodeSelector").Key(key)}: {message}");
            }
        }

        for (var i = 0; i < spec.TopologySpreadConstraints.Count; i++)
        {
            var (constraint, at) = (
                spec.TopologySpreadConstraints[i], path.Child("topologySpreadConstraints").Index(i));
            if (Labels.TryGetValue(constraint.TopologyKey, out var message))
            {
                warnings.Add($"{at.Child("topologyKey")}: {constraint.TopologyKey} is {message}");
            }

            if (constraint.LabelSelector is null)
            {
                warnings.Add($"{at.Child("labelSelector")}: a null labelSelector results in matching no pod");
            }
        }
    }

    private static void WarnOfVolumes(ValueList<Volume> volumes, FieldPath path, List<string> warnings)
    {
        for (var i = 0; i < volumes.Count; i++)
        {
            foreach (var (isUsed, field, message) in Volumes)
            {
                if (isUsed(volumes[i].VolumeSource))
                {
                    warnings.Add($"{path.Index(i).Child(field)}: {message}");
                }
            }
        }
    }

    private static void WarnOfDuplicates(
        IEnumerable<string> names, FieldPath path, string field, List<string> warnings)
    {
        HashSet<string> seen = [];
        foreach (var (i, name) in names.Index())
        {
            if (!seen.Add(name))
            {
                warnings.Add($"{path.Index(i).Child(field)}: duplicate {field} {FieldError.Quote(name)}");
            }

            if (name.Length == 0)
            {
                warnings.Add($"{path.Index(i).Child(field)}: invalid empty {field} \"\"");
            }
        }
    }

    private static void WarnOfFractions(ValueMap<Quantity> list, FieldPath path, List<string> warnings)
    {
        foreach (var (name, amount) in list)
        {
            if (name is ResourceName.Memory or ResourceName.EphemeralStorage && amount.MilliValue % 1000 != 0)
            {
                warnings.Add($"{path.Key(name)}: fractional byte value \"{amount}\" is invalid, must be an integer");
            }
        }
    }

    private static void WarnOfEnv(ValueList<EnvVar> variables, FieldPath path, List<string> warnings)
    {
        if (!MayRepeat(variables))
        {
            return;
        }

        var seen = new HashSet<string>(variables.Count, StringComparer.Ordinal);
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i];
            if (!seen.Add(variable.Name) && !BuildsOnEarlier(variable))
            {
                warnings.Add($"{path.Index(i)}: hides previous definition of {FieldError.Quote(variable.Name)}, "
                    + "which may be dropped when using apply");
            }
        }
    }

    // Nearly always no name stands twice: sorted hashes tell that without a set.
    private static bool MayRepeat(ValueList<EnvVar> variables)
    {
        var hashes = variables.Count <= 256 ? stackalloc int[variables.Count] : new int[variables.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = string.GetHashCode(variables[i].Name, StringComparison.Ordinal);
        }

        hashes.Sort();
        for (var i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] == hashes[i - 1])
            {
                return true;
            }
        }

        return false;
    }

    // A later value that builds on the earlier one is meant.
    private static bool BuildsOnEarlier(EnvVar variable) =>
        variable.ValueFrom is null && variable.Value != $"$({variable.Name})"
        && variable.Value.Contains($"$({variable.Name})", StringComparison.Ordinal);

    private static List<(Container Container, FieldPath Path)> All(PodSpec spec, FieldPath path) =>
    [
        .. spec.InitContainers.Select((container, i) => (container, path.Child("initContainers").Index(i))),
        .. spec.Containers.Select((container, i) => (container, path.Child("containers").Index(i))),
    ];
}
