using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Admission;

namespace Netes.Tests.ApiServer.Admission;

public sealed class PodSecurityTests : IDisposable
{
    private readonly AdmissionFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task PlainPodInARestrictedNamespace_isRefusedInKubernetesWords()
    {
        _cluster.Objects.Add(AdmissionFixture.Space("default", ("pod-security.kubernetes.io/enforce", "restricted")));
        Assert.Equal(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": "
            + "allowPrivilegeEscalation != false (container \"a\" must set "
            + "securityContext.allowPrivilegeEscalation=false), "
            + "unrestricted capabilities (container \"a\" must set securityContext.capabilities.drop=[\"ALL\"]), "
            + "runAsNonRoot != true (pod or container \"a\" must set securityContext.runAsNonRoot=true), "
            + "seccompProfile (pod or container \"a\" must set securityContext.seccompProfile.type to "
            + "\"RuntimeDefault\" or "
            + "\"Localhost\")",
            await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(AdmissionFixture.Pod())));
    }

    [Fact]
    public async Task CarefulPod_isRestricted()
    {
        _cluster.Objects.Add(AdmissionFixture.Space("default", ("pod-security.kubernetes.io/enforce", "restricted")));
        await _cluster.CreateAsync(Careful());
    }

    [Fact]
    public async Task WarnedNamespace_takesThePodAndWarns()
    {
        _cluster.Objects.Add(AdmissionFixture.Space("default", ("pod-security.kubernetes.io/warn", "baseline")));
        var pod = AdmissionFixture.Pod();
        pod = pod with { Spec = pod.Spec with { HostNetwork = true, HostPID = true } };
        var attributes = AdmissionFixture.Attributes(AdmissionOperation.Create, pod, null);
        await _cluster.AdmitAsync<Pod>(attributes);
        Assert.Equal(
            ["would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true, hostPID=true)"],
            attributes.Warnings);
    }

    [Theory]
    [InlineData("enforce", "strict", false)]
    [InlineData("enforce", "baseline", true)]
    [InlineData("warn-version", "v1.36", true)]
    [InlineData("warn-version", "1.36", false)]
    public async Task NamespaceLabels_mustMeanSomething(string key, string value, bool good)
    {
        var space = AdmissionFixture.Space("x", ($"pod-security.kubernetes.io/{key}", value));
        Assert.Equal(good, (await AdmissionFixture.RefusalAsync(() => _cluster.CreateAsync(space))).Length == 0);
    }

    /// <summary>A change of a pod that is good at every level, and what each level says to it.</summary>
    [Theory]
    [InlineData("none", "", "")]
    [InlineData("hostNetwork", "host namespaces (hostNetwork=true)", "host namespaces (hostNetwork=true)")]
    [InlineData("hostPath", "hostPath volumes (volume \"v\")",
        "restricted volume types (volume \"v\" uses restricted volume type \"hostPath\")")]
    [InlineData("nfs", "", "restricted volume types (volume \"v\" uses restricted volume type \"nfs\")")]
    [InlineData("hostPort", "hostPort (container \"a\" uses hostPort 80)",
        "hostPort (container \"a\" uses hostPort 80)")]
    [InlineData("privileged", "privileged (container \"a\" must not set securityContext.privileged=true)",
        "privileged (container \"a\" must not set securityContext.privileged=true)")]
    [InlineData("initPrivileged", "privileged (container \"i\" must not set securityContext.privileged=true)",
        "privileged (container \"i\" must not set securityContext.privileged=true)")]
    [InlineData("debugPrivileged", "privileged (container \"d\" must not set securityContext.privileged=true)",
        "privileged (container \"d\" must not set securityContext.privileged=true)")]
    [InlineData("sysAdmin",
        "non-default capabilities (container \"a\" must not include \"SYS_ADMIN\" in securityContext.capabilities.add)",
        "unrestricted capabilities (container \"a\" must not include \"SYS_ADMIN\" in "
            + "securityContext.capabilities.add)")]
    [InlineData("chown", "",
        "unrestricted capabilities (container \"a\" must not include \"CHOWN\" in securityContext.capabilities.add)")]
    [InlineData("netBind", "", "")]
    [InlineData("procMount", "procMount (container \"a\" must not set securityContext.procMount to \"Unmasked\")",
        "procMount (container \"a\" must not set securityContext.procMount to \"Unmasked\")")]
    [InlineData("unconfined", "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")",
        "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")")]
    [InlineData("sysctl", "forbidden sysctls (kernel.msgmax)", "forbidden sysctls (kernel.msgmax)")]
    [InlineData("safeSysctl", "", "")]
    [InlineData("selinux",
        "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"spc_t\"; user may not be set)",
        "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"spc_t\"; user may not be set)")]
    [InlineData("root", "", "runAsUser=0 (pod must not set runAsUser=0)")]
    [InlineData("rootAllowed", "",
        "runAsNonRoot != true (container \"a\" must not set securityContext.runAsNonRoot=false)")]
    [InlineData("probeHost", "probe or lifecycle host (container \"a\" uses probe or lifecycle host "
        + "\"169.254.169.254\")",
        "probe or lifecycle host (container \"a\" uses probe or lifecycle host \"169.254.169.254\")")]
    public void Standard_findsWhatBreaksIt(string change, string baseline, string restricted)
    {
        var pod = Change(Careful(), change);
        string Find(string level) => string.Join(", ", PodSecurityStandards.Evaluate(level, pod.Metadata, pod.Spec));
        Assert.Equal("", Find("privileged"));
        Assert.Equal(baseline, Find("baseline"));
        Assert.Equal(restricted, Find("restricted"));
        Assert.Equal(restricted, Find("misspelt"));
    }

    private static Container Careful(string name) => new()
    {
        Name = name,
        SecurityContext = new SecurityContext
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new Capabilities { Drop = ["ALL"] },
        },
    };

    private static Pod Careful()
    {
        var pod = AdmissionFixture.Pod(containers: [Careful("a")]);
        return pod with
        {
            Spec = pod.Spec with
            {
                SecurityContext = new PodSecurityContext
                {
                    RunAsNonRoot = true,
                    SeccompProfile = new SeccompProfile { Type = "RuntimeDefault" },
                },
            },
        };
    }

    private static Pod Change(Pod pod, string change)
    {
        var spec = pod.Spec;
        var own = spec.SecurityContext!;
        var container = spec.Containers[0];
        var context = container.SecurityContext!;
        PodSpec WithContext(SecurityContext next) =>
            spec with { Containers = [container with { SecurityContext = next }] };
        PodSpec WithVolume(VolumeSource source) =>
            spec with { Volumes = [new Volume { Name = "v", VolumeSource = source }] };
        PodSpec Adding(string name) =>
            WithContext(context with { Capabilities = context.Capabilities! with { Add = [name] } });
        var privileged = context with { Privileged = true };
        return pod with
        {
            Spec = change switch
            {
                "hostNetwork" => spec with { HostNetwork = true },
                "hostPath" => WithVolume(new() { HostPath = new() { Path = "/" } }),
                "nfs" => WithVolume(new() { NFS = new() { Server = "s" } }),
                "hostPort" => spec with { Containers = [container with { Ports = [new() { HostPort = 80 }] }] },
                "privileged" => WithContext(privileged),
                "initPrivileged" => spec with { InitContainers = [Careful("i") with { SecurityContext = privileged }] },
                "debugPrivileged" => spec with
                {
                    EphemeralContainers =
                        [new() { EphemeralContainerCommon = new() { Name = "d", SecurityContext = privileged } }],
                },
                "sysAdmin" => Adding("SYS_ADMIN"),
                "chown" => Adding("CHOWN"),
                "netBind" => Adding("NET_BIND_SERVICE"),
                "procMount" => WithContext(context with { ProcMount = "Unmasked" }),
                "unconfined" => spec with { SecurityContext =
                    own with { SeccompProfile = new() { Type = "Unconfined" } } },
                "sysctl" => spec with { SecurityContext = own with { Sysctls = [new() { Name = "kernel.msgmax" }] } },
                "safeSysctl" => spec with
                {
                    SecurityContext = own with { Sysctls = [new() { Name = "net.ipv4.ping_group_range" }] },
                },
                "selinux" => spec with
                {
                    SecurityContext = own with { SELinuxOptions = new() { Type = "spc_t", User = "u" } },
                },
                "root" => spec with { SecurityContext = own with { RunAsUser = 0 } },
                "rootAllowed" => WithContext(context with { RunAsNonRoot = false }),
                "probeHost" => spec with
                {
                    Containers =
                    [
                        container with
                        {
                            LivenessProbe = new() { ProbeHandler =
                                new() { HTTPGet = new() { Host = "169.254.169.254" } } },
                        },
                    ],
                },
                _ => spec,
            },
        };
    }
}
