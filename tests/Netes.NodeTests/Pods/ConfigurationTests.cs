using Netes.Api;
using Netes.Api.Core;
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

        Assert.Equal($"big-$(NONE)-$(SIZE)/s3cret/blue/env/{pod.Status.PodIP}/2/10.96.1.2/env\n", node.Log(pod, "c"));
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
                Volumes = sources.Select((source, i) => new Volume { Name = $"v{i}", VolumeSource = source }).ToValueList(),
            },
        }));

        var done = await node.WaitAsync("volumes", pod => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed);

        Assert.Equal("AKapp=\"x\"a-tokenB\n440\nB1024\n1000\nreadonly\n", node.Log(done, "c"));
        await node.Client.DeleteAsync<Pod>("default", "volumes", null, node.Limit);
        await node.WaitGoneAsync("volumes");
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

        var running = await node.WaitAsync("share", pod => pod.Status.Phase == PodPhase.Running
            && File.Exists(node.Options.PodLogDirectory("default", "share", pod.Metadata.Uid) + "/client/0.log")
            && node.Log(pod, "client").Contains("search", StringComparison.Ordinal));

        var log = node.Log(running, "client");
        Assert.Contains("page\n1.2.3.4\tfoo\n", log, StringComparison.Ordinal);
        Assert.Contains("search default.svc.cluster.local svc.cluster.local cluster.local", log, StringComparison.Ordinal);
    }

    private static Pod Never(Pod pod) => pod with { Spec = pod.Spec with { RestartPolicy = RestartPolicy.Never } };
}
