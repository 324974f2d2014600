namespace Netes.Api.Core;

/// <summary>
/// What a pod spec gets wherever it stands, in a pod or a template. Source: pkg/apis/core/v1/defaults.go.
/// </summary>
internal static class PodSpecDefaults
{
    public const string SchedulerName = "default-scheduler";
    private const long GracePeriodSeconds = 30;

    public static PodTemplateSpec Apply(PodTemplateSpec template) => template with { Spec = Apply(template.Spec) };

    public static PodSpec Apply(PodSpec spec)
    {
        // serviceAccount is the old name of serviceAccountName: reading fills either from the other.
        var account = spec.ServiceAccountName.Length > 0 ? spec.ServiceAccountName : spec.DeprecatedServiceAccount;
        return spec with
        {
            DnsPolicy = spec.DnsPolicy.Length == 0 ? DNSPolicy.ClusterFirst : spec.DnsPolicy,
            RestartPolicy = spec.RestartPolicy.Length == 0 ? RestartPolicy.Always : spec.RestartPolicy,
            SecurityContext = spec.SecurityContext ?? PodSecurityContext.Empty,
            TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds ?? GracePeriodSeconds,
            SchedulerName = spec.SchedulerName.Length == 0 ? SchedulerName : spec.SchedulerName,
            ServiceAccountName = account,
            DeprecatedServiceAccount = account,
            Volumes = spec.Volumes.Map(VolumeDefaults.Apply),
            InitContainers = spec.InitContainers.Map(ContainerDefaults.Apply),
            Containers = spec.Containers.Map(ContainerDefaults.Apply),
            EphemeralContainers = spec.EphemeralContainers.Map(ContainerDefaults.Apply),
            Overhead = ResourceLists.RoundUp(spec.Overhead),
            Resources = spec.Resources is { } resources ? ResourceLists.RoundUp(resources) : null,
        };
    }
}
