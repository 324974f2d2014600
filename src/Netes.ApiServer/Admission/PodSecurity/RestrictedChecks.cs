using Netes.Api;
using Netes.Api.Core;
using static Netes.ApiServer.Admission.PodSecurityText;

namespace Netes.ApiServer.Admission;

/// <summary>
/// What the restricted standard asks for beside the baseline. Source: pod-security-admission policy/check_*.go.
/// </summary>
internal static class RestrictedChecks
{
    public static PodSecurityViolation? Escalation(IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Names(static c => c.SecurityContext?.AllowPrivilegeEscalation != false);
        return bad.Count == 0 ? null : new("allowPrivilegeEscalation != false",
            $"{Containers(bad)} must set securityContext.allowPrivilegeEscalation=false");
    }

    public static PodSecurityViolation? DroppedCapabilities(IReadOnlyList<ContainerView> containers)
    {
        var details = new List<string>();
        var keeping = containers.Names(
            static c => !(c.SecurityContext?.Capabilities?.Drop ?? default).AsSpan().Contains("ALL"));
        if (keeping.Count > 0)
        {
            details.Add($"{Containers(keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }

        var adding = containers.Names(static c => Added(c).Any());
        if (adding.Count > 0)
        {
            var names = containers.SelectMany(Added).Distinct().Order(StringComparer.Ordinal);
            details.Add($"{Containers(adding)} must not include {Quoted(names)} in securityContext.capabilities.add");
        }

        return details.Count == 0 ? null : new("unrestricted capabilities", string.Join("; ", details));
    }

    public static PodSecurityViolation? VolumeTypes(PodSpec spec)
    {
        var bad = spec.Volumes.Where(static volume => RestrictedType(volume.VolumeSource) is not null).ToList();
        var types = bad.Select(static volume => RestrictedType(volume.VolumeSource)!).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        return bad.Count == 0 ? null : new("restricted volume types",
            $"{Plural("volume", [.. bad.Select(static volume => volume.Name)])} {(bad.Count == 1 ? "uses" : "use")} "
            + $"restricted volume {Plural("type", types)}");
    }

    public static PodSecurityViolation? NonRoot(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var details = new List<string>();
        var pod = spec.SecurityContext?.RunAsNonRoot;
        if (pod == false)
        {
            details.Add("pod must not set securityContext.runAsNonRoot=false");
        }

        var explicitly = containers.Names(static c => c.SecurityContext?.RunAsNonRoot == false);
        if (explicitly.Count > 0)
        {
            details.Add($"{Containers(explicitly)} must not set securityContext.runAsNonRoot=false");
        }

        var silent = containers.Names(static c => c.SecurityContext?.RunAsNonRoot is null);
        if (pod is null && silent.Count > 0)
        {
            details.Add($"pod or {Containers(silent)} must set securityContext.runAsNonRoot=true");
        }

        return details.Count == 0 ? null : new("runAsNonRoot != true", string.Join("; ", details));
    }

    public static PodSecurityViolation? User(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var setters = new List<string>();
        if (spec.SecurityContext?.RunAsUser == 0)
        {
            setters.Add("pod");
        }

        var bad = containers.Names(static c => c.SecurityContext?.RunAsUser == 0);
        if (bad.Count > 0)
        {
            setters.Add(Containers(bad));
        }

        return setters.Count == 0 ? null
            : new("runAsUser=0", $"{string.Join(" and ", setters)} must not set runAsUser=0");
    }

    public static PodSecurityViolation? Seccomp(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var baseline = BaselineChecks.Seccomp(spec, containers);
        var details = baseline is null ? [] : new List<string> { baseline.Detail };
        if (spec.SecurityContext?.SeccompProfile is null)
        {
            var silent = containers.Names(static c => c.SecurityContext?.SeccompProfile is null);
            if (silent.Count > 0)
            {
                details.Add($"pod or {Containers(silent)} must set securityContext.seccompProfile.type to "
                    + "\"RuntimeDefault\" or \"Localhost\"");
            }
        }

        return details.Count == 0 ? null : new("seccompProfile", string.Join("; ", details));
    }

    private static IEnumerable<string> Added(ContainerView container) =>
        (container.SecurityContext?.Capabilities?.Add ?? default).Where(static name => name != "NET_BIND_SERVICE");

    /// <summary>Null for the types that are allowed.</summary>
    private static string? RestrictedType(VolumeSource source) => source switch
    {
        { ConfigMap: not null } or { CSI: not null } or { DownwardAPI: not null } or { EmptyDir: not null }
            or { Ephemeral: not null } or { Image: not null } or { PersistentVolumeClaim: not null }
            or { Projected: not null } or { Secret: not null } => null,
        { HostPath: not null } => "hostPath",
        { GCEPersistentDisk: not null } => "gcePersistentDisk",
        { AWSElasticBlockStore: not null } => "awsElasticBlockStore",
        { GitRepo: not null } => "gitRepo",
        { NFS: not null } => "nfs",
        { ISCSI: not null } => "iscsi",
        { Glusterfs: not null } => "glusterfs",
        { RBD: not null } => "rbd",
        { FlexVolume: not null } => "flexVolume",
        { Cinder: not null } => "cinder",
        { CephFS: not null } => "cephfs",
        { Flocker: not null } => "flocker",
        { FC: not null } => "fc",
        { AzureFile: not null } => "azureFile",
        { VsphereVolume: not null } => "vsphereVolume",
        { Quobyte: not null } => "quobyte",
        { AzureDisk: not null } => "azureDisk",
        { PortworxVolume: not null } => "portworxVolume",
        { ScaleIO: not null } => "scaleIO",
        { StorageOS: not null } => "storageos",
        { PhotonPersistentDisk: not null } => "photonPersistentDisk",
        _ => "unknown",
    };
}
