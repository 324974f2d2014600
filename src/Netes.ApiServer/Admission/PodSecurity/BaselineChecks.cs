using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using static Netes.ApiServer.Admission.PodSecurityText;

namespace Netes.ApiServer.Admission;

/// <summary>
/// The baseline standard, in the order of its checks' names. Source: pod-security-admission policy/check_*.go.
/// </summary>
internal static class BaselineChecks
{
    private static readonly HashSet<string> Capabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
        "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly HashSet<string> Sysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
        "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_wmem",
    ];

    private static readonly HashSet<string> LinuxTypes =
        ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    public static PodSecurityViolation? AppArmor(
        ObjectMeta metadata, PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Names(static c => c.SecurityContext?.AppArmorProfile?.Type == "Unconfined");
        var details = new List<string>();
        if (spec.SecurityContext?.AppArmorProfile?.Type == "Unconfined")
        {
            details.Add("pod must not set AppArmor profile type to \"Unconfined\"");
        }

        if (bad.Count > 0)
        {
            details.Add($"{Containers(bad)} must not set AppArmor profile type to \"Unconfined\"");
        }

        foreach (var (key, value) in metadata.Annotations)
        {
            if (key.StartsWith("container.apparmor.security.beta.kubernetes.io/", StringComparison.Ordinal)
                && value is not ("" or "runtime/default") && !value.StartsWith("localhost/", StringComparison.Ordinal))
            {
                details.Add($"annotation {FieldError.Quote(key)} must not be set to {FieldError.Quote(value)}");
            }
        }

        return details.Count == 0 ? null : new("forbidden AppArmor profile", string.Join(", ", details));
    }

    public static PodSecurityViolation? AddedCapabilities(IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Names(static c => Added(c).Any(static name => !Capabilities.Contains(name)));
        var names = containers.SelectMany(Added).Where(static name => !Capabilities.Contains(name))
            .Distinct().Order(StringComparer.Ordinal);
        return bad.Count == 0 ? null : new("non-default capabilities",
            $"{Containers(bad)} must not include {Quoted(names)} in securityContext.capabilities.add");
    }

    public static PodSecurityViolation? HostNamespaces(PodSpec spec)
    {
        var used = new List<string>();
        if (spec.HostNetwork)
        {
            used.Add("hostNetwork=true");
        }

        if (spec.HostPID)
        {
            used.Add("hostPID=true");
        }

        if (spec.HostIPC)
        {
            used.Add("hostIPC=true");
        }

        return used.Count == 0 ? null : new("host namespaces", string.Join(", ", used));
    }

    public static PodSecurityViolation? HostPaths(PodSpec spec)
    {
        var bad = spec.Volumes.Where(static volume => volume.VolumeSource.HostPath is not null)
            .Select(static volume => volume.Name).ToList();
        return bad.Count == 0 ? null : new("hostPath volumes", Plural("volume", bad));
    }

    public static PodSecurityViolation? HostPorts(IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Names(static c => c.Ports.Any(static port => port.HostPort != 0));
        var ports = containers.SelectMany(static c => c.Ports.ToArray()).Where(static port => port.HostPort != 0)
            .Select(static port => port.HostPort).Distinct().Order().ToList();
        return bad.Count == 0 ? null : new("hostPort",
            $"{Containers(bad)} {(bad.Count == 1 ? "uses" : "use")} {(ports.Count == 1 ? "hostPort" : "hostPorts")} "
            + string.Join(", ", ports));
    }

    public static PodSecurityViolation? ProbeHosts(IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Names(static c => Hosts(c).Any());
        var hosts = containers.SelectMany(Hosts).Distinct().Order(StringComparer.Ordinal).ToList();
        return bad.Count == 0 ? null : new("probe or lifecycle host",
            $"{Containers(bad)} {(bad.Count == 1 ? "uses" : "use")} probe or lifecycle {Plural("host", hosts)}");
    }

    public static PodSecurityViolation? Privileged(IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Names(static c => c.SecurityContext?.Privileged == true);
        return bad.Count == 0 ? null
            : new("privileged", $"{Containers(bad)} must not set securityContext.privileged=true");
    }

    public static PodSecurityViolation? ProcMount(IReadOnlyList<ContainerView> containers)
    {
        var bad = containers.Where(static c => c.SecurityContext?.ProcMount is not (null or "Default")).ToList();
        var values = bad.Select(static c => c.SecurityContext!.ProcMount!).Distinct().Order(StringComparer.Ordinal);
        return bad.Count == 0 ? null : new("procMount",
            $"{Containers([.. bad.Select(static c => c.Name)])} must not set securityContext.procMount to "
                + $"{Quoted(values)}");
    }

    public static PodSecurityViolation? SeLinux(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var pod = spec.SecurityContext?.SELinuxOptions;
        var bad = containers.Names(static c => IsBad(c.SecurityContext?.SELinuxOptions));
        var setters = new List<string>();
        if (IsBad(pod))
        {
            setters.Add("pod");
        }

        if (bad.Count > 0)
        {
            setters.Add(Containers(bad));
        }

        if (setters.Count == 0)
        {
            return null;
        }

        var all = containers.Select(static c => c.SecurityContext?.SELinuxOptions).Prepend(pod).OfType<SELinuxOptions>()
            .ToList();
        var details = new List<string>();
        var types = all.Select(static o => o.Type).Where(static type => !LinuxTypes.Contains(type)).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        if (types.Count > 0)
        {
            details.Add(Plural("type", types));
        }

        if (all.Exists(static o => o.User.Length > 0))
        {
            details.Add("user may not be set");
        }

        if (all.Exists(static o => o.Role.Length > 0))
        {
            details.Add("role may not be set");
        }

        return new("seLinuxOptions",
            $"{string.Join(" and ", setters)} set forbidden securityContext.seLinuxOptions: "
                + $"{string.Join("; ", details)}");
    }

    public static PodSecurityViolation? Seccomp(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var details = new List<string>();
        if (spec.SecurityContext?.SeccompProfile is { } profile && !IsConfined(profile))
        {
            details.Add($"pod must not set securityContext.seccompProfile.type to {FieldError.Quote(profile.Type)}");
        }

        var bad = containers.Where(static c => c.SecurityContext?.SeccompProfile is { } own && !IsConfined(own))
            .ToList();
        if (bad.Count > 0)
        {
            var types = bad.Select(static c => c.SecurityContext!.SeccompProfile!.Type).Distinct();
            details.Add($"{Containers([.. bad.Select(static c => c.Name)])} must not set "
                + $"securityContext.seccompProfile.type to {Quoted(types)}");
        }

        return details.Count == 0 ? null : new("seccompProfile", string.Join("; ", details));
    }

    public static PodSecurityViolation? ForbiddenSysctls(PodSpec spec)
    {
        var bad = (spec.SecurityContext?.Sysctls ?? default).Select(static sysctl => sysctl.Name)
            .Where(static name => !Sysctls.Contains(name)).ToList();
        return bad.Count == 0 ? null : new("forbidden sysctls", string.Join(", ", bad));
    }

    public static PodSecurityViolation? WindowsHostProcess(PodSpec spec, IReadOnlyList<ContainerView> containers)
    {
        var setters = new List<string>();
        if (spec.SecurityContext?.WindowsOptions?.HostProcess == true)
        {
            setters.Add("pod");
        }

        var bad = containers.Names(static c => c.SecurityContext?.WindowsOptions?.HostProcess == true);
        if (bad.Count > 0)
        {
            setters.Add(Containers(bad));
        }

        return setters.Count == 0 ? null : new("hostProcess",
            $"{string.Join(" and ", setters)} must not set securityContext.windowsOptions.hostProcess=true");
    }

    internal static bool IsConfined(SeccompProfile profile) => profile.Type is "RuntimeDefault" or "Localhost";

    private static IEnumerable<string> Added(ContainerView container) =>
        (container.SecurityContext?.Capabilities?.Add ?? default).ToArray();

    private static bool IsBad(SELinuxOptions? options) => options is not null
        && (!LinuxTypes.Contains(options.Type) || options.User.Length > 0 || options.Role.Length > 0);

    private static IEnumerable<string> Hosts(ContainerView container)
    {
        var hosts = container.Probes.SelectMany(static probe => new[] { probe.HTTPGet?.Host, probe.TCPSocket?.Host });
        foreach (var handler in new[] { container.Lifecycle?.PostStart, container.Lifecycle?.PreStop })
        {
            hosts = hosts.Append(handler?.HTTPGet?.Host).Append(handler?.TCPSocket?.Host);
        }

        return hosts.OfType<string>().Where(static host => host.Length > 0);
    }
}
