using Google.Protobuf.Collections;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Environments;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Configs;

/// <summary>
/// Security contexts of pod and container as the runtime takes them.
/// Source: pkg/kubelet/kuberuntime/security_context.go, pkg/securitycontext/util.go.
/// </summary>
public static class SecurityContexts
{
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ];

    private static readonly string[] ReadOnlyPaths =
    [
        "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
    ];

    public static Cri.LinuxSandboxSecurityContext OfSandbox(Pod pod)
    {
        var own = pod.Spec.SecurityContext;
        var context = new Cri.LinuxSandboxSecurityContext
        {
            NamespaceOptions = Namespaces(pod, null, ""),
            Privileged = PodContainers.AllOf(pod.Spec).Any(c => c.Spec.SecurityContext?.Privileged == true),
            Seccomp = Seccomp(own?.SeccompProfile) ?? new() { ProfileType = Cri.ProfileType.RuntimeDefault },
            Apparmor = AppArmor(own?.AppArmorProfile),
        };
        if (own is not null)
        {
            context.RunAsUser = Value(own.RunAsUser);
            context.RunAsGroup = Value(own.RunAsGroup);
            AddGroups(context.SupplementalGroups, own);
        }

        return context;
    }

    public static Cri.LinuxContainerSecurityContext OfContainer(Pod pod, PodContainer container, string targetId)
    {
        var podOwn = pod.Spec.SecurityContext;
        var own = container.Spec.SecurityContext;
        var privileged = own?.Privileged == true;
        var context = new Cri.LinuxContainerSecurityContext
        {
            Privileged = privileged,
            ReadonlyRootfs = own?.ReadOnlyRootFilesystem == true,
            NoNewPrivs = own?.AllowPrivilegeEscalation == false,
            NamespaceOptions = Namespaces(pod, container, targetId),
            RunAsUser = Value(own?.RunAsUser ?? podOwn?.RunAsUser),
            RunAsGroup = Value(own?.RunAsGroup ?? podOwn?.RunAsGroup),
            Seccomp = Seccomp(own?.SeccompProfile ?? podOwn?.SeccompProfile)
                ?? new() { ProfileType = Cri.ProfileType.Unconfined },
            Apparmor = AppArmor(own?.AppArmorProfile ?? podOwn?.AppArmorProfile),
        };
        if (own?.Capabilities is { } capabilities)
        {
            context.Capabilities = new();
            context.Capabilities.AddCapabilities.AddRange(capabilities.Add);
            context.Capabilities.DropCapabilities.AddRange(capabilities.Drop);
        }

        if (podOwn is not null)
        {
            AddGroups(context.SupplementalGroups, podOwn);
        }

        if (own?.ProcMount != ProcMountType.Unmasked)
        {
            context.MaskedPaths.AddRange(MaskedPaths);
            context.ReadonlyPaths.AddRange(ReadOnlyPaths);
        }

        return context;
    }

    /// <summary>Refuses a container that must not be root and would be.</summary>
    /// <exception cref="ConfigException">It would run as root, or that cannot be known.</exception>
    public static void VerifyNonRoot(Pod pod, Container container, Cri.Image? image)
    {
        var required = container.SecurityContext?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot;
        if (required != true)
        {
            return;
        }

        var name = $"(pod: \"{PodText.Of(pod)}\", container: {container.Name})";
        if ((container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser) is { } user)
        {
            if (user == 0)
            {
                throw new ConfigException($"container's runAsUser breaks non-root policy {name}");
            }

            return;
        }

        if (image?.Username.Length > 0)
        {
            throw new ConfigException($"container has runAsNonRoot and image has non-numeric user ({image.Username}), "
                + $"cannot verify user is non-root {name}");
        }

        if (image?.Uid is null or { Value: 0 })
        {
            throw new ConfigException($"container has runAsNonRoot and image will run as root {name}");
        }
    }

    private static Cri.NamespaceOption Namespaces(Pod pod, PodContainer? container, string targetId)
    {
        var node = Cri.NamespaceMode.Node;
        var options = new Cri.NamespaceOption
        {
            Network = pod.Spec.HostNetwork ? node : Cri.NamespaceMode.Pod,
            Ipc = pod.Spec.HostIPC ? node : Cri.NamespaceMode.Pod,
            Pid = pod.Spec.HostPID ? node
                : pod.Spec.ShareProcessNamespace == true ? Cri.NamespaceMode.Pod : Cri.NamespaceMode.Container,
        };
        if (container?.Kind == ContainerKind.Ephemeral && targetId.Length > 0)
        {
            options.Pid = Cri.NamespaceMode.Target;
            options.TargetId = targetId;
        }

        return options;
    }

    private static void AddGroups(RepeatedField<long> groups, PodSecurityContext context)
    {
        if (context.FSGroup is { } fsGroup)
        {
            groups.Add(fsGroup);
        }

        groups.AddRange(context.SupplementalGroups);
    }

    private static Cri.Int64Value? Value(long? number) => number is { } value ? new() { Value = value } : null;

    private static Cri.SecurityProfile? Seccomp(SeccompProfile? profile) => profile?.Type switch
    {
        SeccompProfileType.RuntimeDefault => new() { ProfileType = Cri.ProfileType.RuntimeDefault },
        SeccompProfileType.Unconfined => new() { ProfileType = Cri.ProfileType.Unconfined },
        SeccompProfileType.Localhost => new()
        {
            ProfileType = Cri.ProfileType.Localhost,
            LocalhostRef = "/var/lib/kubelet/seccomp/" + profile.LocalhostProfile,
        },
        _ => null,
    };

    private static Cri.SecurityProfile? AppArmor(AppArmorProfile? profile) => profile?.Type switch
    {
        AppArmorProfileType.RuntimeDefault => new() { ProfileType = Cri.ProfileType.RuntimeDefault },
        AppArmorProfileType.Unconfined => new() { ProfileType = Cri.ProfileType.Unconfined },
        AppArmorProfileType.Localhost => new()
        {
            ProfileType = Cri.ProfileType.Localhost, LocalhostRef = profile.LocalhostProfile ?? "",
        },
        _ => null,
    };
}
