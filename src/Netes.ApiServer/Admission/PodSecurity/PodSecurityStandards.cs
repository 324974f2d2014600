using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.ApiServer.Admission;

/// <summary>
/// The Pod Security Standards as functions of a pod. Source: pod-security-admission policy/registry.go: the baseline's
/// checks first, then those of restricted, which takes the place of three of them.
/// </summary>
internal static class PodSecurityStandards
{
    /// <param name="level">privileged, baseline or restricted; anything else counts as restricted.</param>
    /// <param name="metadata">The pod's metadata, for annotations.</param>
    /// <param name="spec">The pod's spec.</param>
    public static IReadOnlyList<PodSecurityViolation> Evaluate(string level, ObjectMeta metadata, PodSpec spec)
    {
        if (level == "privileged")
        {
            return [];
        }

        var containers = ContainerView.All(spec);
        var found = level == "baseline"
            ? Baseline(metadata, spec, containers, isRestricted: false)
            : [.. Baseline(metadata, spec, containers, isRestricted: true), .. Restricted(spec, containers)];
        return [.. found.OfType<PodSecurityViolation>()];
    }

    private static PodSecurityViolation?[] Baseline(
        ObjectMeta metadata, PodSpec spec, IReadOnlyList<ContainerView> containers, bool isRestricted) =>
    [
        BaselineChecks.AppArmor(metadata, spec, containers),
        isRestricted ? null : BaselineChecks.AddedCapabilities(containers),
        BaselineChecks.HostNamespaces(spec),
        isRestricted ? null : BaselineChecks.HostPaths(spec),
        BaselineChecks.HostPorts(containers),
        BaselineChecks.ProbeHosts(containers),
        BaselineChecks.Privileged(containers),
        BaselineChecks.ProcMount(containers),
        BaselineChecks.SeLinux(spec, containers),
        isRestricted ? null : BaselineChecks.Seccomp(spec, containers),
        BaselineChecks.ForbiddenSysctls(spec),
        BaselineChecks.WindowsHostProcess(spec, containers),
    ];

    private static PodSecurityViolation?[] Restricted(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        // These three mean nothing on Windows.
        var isLinux = spec.OS?.Name != "windows";
        return
        [
            isLinux ? RestrictedChecks.Escalation(containers) : null,
            isLinux ? RestrictedChecks.DroppedCapabilities(containers) : null,
            RestrictedChecks.VolumeTypes(spec),
            RestrictedChecks.NonRoot(spec, containers),
            RestrictedChecks.User(spec, containers),
            isLinux ? RestrictedChecks.Seccomp(spec, containers) : null,
        ];
    }
}
