using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.Nodes.Logs;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>Environment, volumes and security of containers as seen from inside.</summary>
public sealed class ConfigurationTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Environment_comes_from_everywhere()
    {
        await node.Client.CreateAsync(new ConfigMap
        {
            Metadata = new() { Name = "settings", Namespace = "default" },
            Data = ValueMap.Of(("COLOR", "blue"), ("SIZE", "big")),
        }, node.Limit);
        await node.Client.CreateAsync(new Secret
        {
            Metadata = new() { Name = "hidden", Namespace = "default" },
            Data = ValueMap.Of(("password", ByteString.FromUtf8("s3cret"))),
        }, node.Limit);
        await node.Client.CreateAsync(new Service
        {
            Metadata = new() { Name = "web-app", Namespace = "default" },
            Spec = new() { ClusterIP = "10.96.1.2", Ports = [new() { Port = 80, Protocol = "TCP" }] },
        }, node.Limit);
        var container = Busybox("c", "echo $MIX/$PASSWORD/$COLOR/$NAME/$IP/$CPU/$WEB_APP_SERVICE_HOST/$(hostname)") with
        {
            EnvFrom = [new() { ConfigMapRef = new() { LocalObjectReference = new() { Name = "settings" } } }],
            Env =
            [
                new() { Name = "MIX", Value = "$(SIZE)-$(NONE)-$$(SIZE)" },
                new() { Name = "PASSWORD", ValueFrom = new()
                {
                    SecretKeyRef = new() { LocalObjectReference = new() { Name = "hidden" }, Key = "password" },
                } },
                new() { Name = "NAME", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.name" } } },
                new() { Name = "IP", ValueFrom = new() { FieldRef = new() { FieldPath = "status.podIP" } } },
                new() { Name = "CPU", ValueFrom = new() { ResourceFieldRef = new() { Resource = "limits.cpu" } } },
            ],
            Resources = new() { Limits = ValueMap.Of(("cpu", Quantity.Parse("1500m"))) },
        };
        await node.CreateAsync(Never(NewPod("env", container)));

        var pod = await node.WaitAsync("env", pod => pod.Status.Phase == PodPhase.Succeeded);

        Assert.Equal(
            $"big-$(NONE)-$(SIZE)/s3cret/blue/env/{pod.Status.PodIP}/2/10.96.1.2/env\n",
            await node.LogAsync(pod, "c", "\n"));
    }

    [Fact]
    public async Task Missing_config_map_is_waited_for()
    {
        var container = Busybox("c", "echo $A") with
        {
            Env = [new() { Name = "A", ValueFrom = new()
            {
                ConfigMapKeyRef = new() { LocalObjectReference = new() { Name = "later" }, Key = "a" },
            } }],
        };
        await node.CreateAsync(NewPod("missing", container));

        var pod = await node.WaitAsync("missing", pod =>
            pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }]);

        Assert.Equal("configmap \"later\" not found", pod.Status.ContainerStatuses[0].State.Waiting!.Message);
        await node.Client.CreateAsync(new ConfigMap
        {
            Metadata = new() { Name = "later", Namespace = "default" }, Data = ValueMap.Of(("a", "now")),
        }, node.Limit);
        await node.WaitAsync("missing", pod => pod.Status.ContainerStatuses is [{ ContainerID.Length: > 0 }]);
    }

    [Fact]
    public async Task Volumes_hold_what_the_api_has()
    {
        await node.Client.CreateAsync(new ConfigMap
        {
            Metadata = new() { Name = "files", Namespace = "default" },
            Data = ValueMap.Of(("a.txt", "A"), ("b.txt", "B")),
        }, node.Limit);
        await node.Client.CreateAsync(new Secret
        {
            Metadata = new() { Name = "keys", Namespace = "default" },
            Data = ValueMap.Of(("key", ByteString.FromUtf8("K"))),
        }, node.Limit);
        VolumeSource[] sources =
        [
            new() { ConfigMap = new() { LocalObjectReference = new() { Name = "files" },
                Items = [new() { Key = "a.txt", Path = "sub/x" }] } },
            new() { Secret = new() { SecretName = "keys", DefaultMode = 0b100_000_000 } },
            new() { DownwardAPI = new() { Items =
                [new() { Path = "labels", FieldRef = new() { FieldPath = "metadata.labels" } }] } },
            new() { Projected = new() { Sources =
            [
                new() { ServiceAccountToken = new() { Path = "token", ExpirationSeconds = 3600 } },
                new() { ConfigMap = new() { LocalObjectReference = new() { Name = "files" } } },
            ] } },
            new() { EmptyDir = new() { Medium = StorageMedium.Memory, SizeLimit = Quantity.Parse("1Mi") } },
        ];
        var container = Busybox("c", "cat /v0/sub/x /v1/key /v2/labels /v3/token /v3/b.txt; echo; "
            + "stat -L -c %a /v1/key; cat /sub; mkdir /v4/d; df -k /v4 | tail -1 | awk '{print $2}'; id -u; "
            + "touch /v0/no 2>/dev/null || echo readonly") with
        {
            VolumeMounts =
            [
                .. sources.Select((_, i) => new VolumeMount { Name = $"v{i}", MountPath = $"/v{i}" }),
                new() { Name = "v3", MountPath = "/sub", SubPath = "b.txt" },
            ],
            SecurityContext = new() { RunAsUser = 1000 },
        };
        var pod = NewPod("volumes", container);
        await node.CreateAsync(Never(pod with
        {
            Metadata = pod.Metadata with { Labels = ValueMap.Of(("app", "x")) },
            Spec = pod.Spec with
            {
                SecurityContext = new() { FSGroup = 1000 },
                Volumes = sources.Select((source, i) => new Volume { Name = $"v{i}", VolumeSource = source })
                    .ToValueList(),
            },
        }));

        var done = await node.WaitAsync("volumes", pod => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed);

        Assert.Equal("AKapp=\"x\"a-tokenB\n440\nB1024\n1000\nreadonly\n", await node.LogAsync(done, "c", "readonly\n"));
        await node.Client.DeleteAsync<Pod>("default", "volumes", null, node.Limit);
        await node.WaitGoneAsync("volumes");
    }

    [Fact]
    public async Task Changed_config_map_changes_the_mounted_file()
    {
        var map = await node.Client.CreateAsync(new ConfigMap
        {
            Metadata = new() { Name = "live", Namespace = "default" }, Data = ValueMap.Of(("word", "old")),
        }, node.Limit);
        var pod = NewPod("live", Busybox("c", "until grep -q new /v/word; do sleep 0.05; done; cat /v/word") with
        {
            VolumeMounts = [new() { Name = "v", MountPath = "/v" }],
        });
        await node.CreateAsync(Never(pod with
        {
            Spec = pod.Spec with
            {
                Volumes =
                [
                    new() { Name = "v", VolumeSource =
                        new() { ConfigMap = new() { LocalObjectReference = new() { Name = "live" } } } },
                ],
            },
        }));
        await node.WaitAsync("live", pod => pod.Status.Phase == PodPhase.Running);

        await node.Client.UpdateAsync(map with { Data = ValueMap.Of(("word", "new")) }, node.Limit);

        var done = await node.WaitAsync("live", pod => pod.Status.Phase == PodPhase.Succeeded);
        Assert.Equal("new\n", await node.LogAsync(done, "c", "\n"));
    }

    [Fact]
    public async Task Ephemeral_container_joins_a_running_pod()
    {
        await node.CreateAsync(NewPod("debugged", Busybox("c", "exec sleep 1234")) with { });
        await node.WaitAsync("debugged", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);

        await node.ChangeAsync("debugged", pod => pod with
        {
            Spec = pod.Spec with
            {
                EphemeralContainers =
                [
                    new()
                    {
                        TargetContainerName = "c",
                        EphemeralContainerCommon = new()
                        {
                            Name = "debug", Image = pod.Spec.Containers[0].Image, Command =
                                ["sh", "-c", "ps; echo seen"],
                        },
                    },
                ],
            },
        });

        var seen = await node.WaitAsync("debugged", pod =>
            pod.Status.EphemeralContainerStatuses is [{ State.Terminated.ExitCode: 0 }]);
        Assert.Contains("sleep 1234", await node.LogAsync(seen, "debug", "seen\n"), StringComparison.Ordinal);
        Assert.Equal(PodPhase.Running, seen.Status.Phase);
    }

    [Fact]
    public async Task Host_network_and_capabilities_reach_the_container()
    {
        var pod = NewPod("host",
            Busybox("c", "ip link show cni0 >/dev/null && echo 1; hostname; grep CapEff /proc/self/status;"
            + " mkdir /x 2>/dev/null || echo readonly") with
        {
            SecurityContext = new()
            {
                Capabilities = new() { Drop = ["ALL"], Add = ["NET_ADMIN"] }, ReadOnlyRootFilesystem = true,
            },
        });
        await node.CreateAsync(Never(pod with { Spec = pod.Spec with { HostNetwork = true } }));

        var done = await node.WaitAsync("host", pod => pod.Status.Phase == PodPhase.Succeeded);

        var log = await node.LogAsync(done, "c", "readonly\n");
        Assert.StartsWith("1\n", log, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000001000\nreadonly\n", log, StringComparison.Ordinal);
        Assert.Equal("10.199.0.1", done.Status.PodIP);
    }

    [Fact]
    public async Task Log_that_grows_too_large_is_rotated()
    {
        await node.CreateAsync(NewPod("chatty", Busybox("c", "while true; do seq 1 2000; sleep 0.2; done")));
        var pod = await node.WaitAsync("chatty", pod => pod.Status.Phase == PodPhase.Running);
        var folder = node.Options.PodLogDirectory("default", "chatty", pod.Metadata.Uid) + "/c";
        var rotation = new LogRotation(
            node.Machine.Runtime, node.Options with { LogMaxBytes = 1000, LogMaxFiles = 3 }, new FutureTime(),
            NullLogger<LogRotation>.Instance);
        for (var round = 0; round < 4; round++)
        {
            await Eventually.Async("a log of 1000 bytes", () => new FileInfo(folder + "/0.log"),
                log => log is { Exists: true, Length: > 1000 });
            await rotation.RotateAllAsync(node.Limit);
        }

        var files = Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(3, files.Length);
        Assert.EndsWith(".gz", files[1], StringComparison.Ordinal);
        await node.Client.DeleteAsync<Pod>("default", "chatty", null, node.Limit);
    }

    [Fact]
    public async Task Containers_of_a_pod_share_network_and_hosts()
    {
        var pod = NewPod("share",
            Busybox("server", "mkdir /www; echo page >/www/index.html; exec httpd -f -p 8080 -h /www"),
            Busybox("client", "until wget -q -O - http://localhost:8080/; do sleep 0.1; done; grep foo /etc/hosts;"
                + " grep search /etc/resolv.conf; exec sleep 1000"));
        await node.CreateAsync(pod with
        {
            Spec = pod.Spec with { HostAliases = [new() { IP = "1.2.3.4", Hostnames = ["foo"] }] },
        });

        var running = await node.WaitAsync("share", pod => pod.Status.Phase == PodPhase.Running);
        var log = await node.LogAsync(running, "client", "search");

        Assert.Contains("page\n1.2.3.4\tfoo\n", log, StringComparison.Ordinal);
        Assert.Contains("search default.svc.cluster.local svc.cluster.local cluster.local", log,
            StringComparison.Ordinal);
    }

    private static Pod Never(Pod pod) => pod with { Spec = pod.Spec with { RestartPolicy = RestartPolicy.Never } };

    /// <summary>A clock on which each look is a second later.</summary>
    private sealed class FutureTime : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(++looks);
    }
}
