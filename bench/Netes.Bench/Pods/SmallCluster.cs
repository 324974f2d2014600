using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Certificates;
using Netes.Client;
using Netes.Host;
using Netes.Host.Joining;
using Netes.Nodes;
using Netes.NodeTests.Machines;

namespace Netes.Bench.Pods;

/// <summary>
/// A whole control plane (durable, over HTTPS on loopback) and one node's agent over the given containerd, as
/// <c>netes server</c> puts them together, but for the network, which is the containerd's own.
/// </summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("netes-podstart-");
    private readonly List<Task> running = [];
    private readonly List<string> steps = [];
    private readonly Channel<Pod> changes = Channel.CreateBounded<Pod>(10_000);
    private readonly List<IDisposable> transports = [];
    private KubernetesClient? client;

    private KubernetesClient Client => client ?? throw new InvalidOperationException("not started");

    public static async Task<SmallCluster> StartAsync(PrivateContainerd machine)
    {
        var cluster = new SmallCluster();
        var port = FreePort();
        cluster.running.Add(new ServerNode(new()
        {
            DataFolder = cluster.folder.FullName, Port = port, NodeName = "n1", NodeAddress = IPAddress.Loopback,
            RunAgent = false,
        }, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(cluster.stop.Token));
        var kubeconfig = Path.Combine(cluster.folder.FullName, "admin.kubeconfig");
        await Netes.NodeTests.Eventually.Async("the server", () => File.Exists(kubeconfig), exists => exists);
        using var pki = ClusterPki.Ensure(
            Path.Combine(cluster.folder.FullName, "pki"),
            new() { ServiceAddress = IPAddress.Parse("10.96.0.1") }, TimeProvider.System);
        cluster.client = cluster.Connect(pki, pki.Admin, port);
        cluster.StartAgent(machine, cluster.Connect(pki, pki.EnsureNodeClient("n1"), port));
        var pods = new InformerSet(cluster.client, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        pods.Get<Pod>().AddHandler(change => cluster.changes.Writer.TryWrite(change.New ?? new Pod
        {
            Metadata = new() { Name = change.Key.Name, DeletionGracePeriodSeconds = -1 },
        }));
        cluster.running.Add(pods.RunAsync(cluster.stop.Token));
        await Netes.NodeTests.Eventually.Async("a service account", async () =>
            (await cluster.client.ListAsync<ServiceAccount>("default")).Items.Count, count => count > 0);
        return cluster;
    }

    /// <summary>Returns when the pod is ready.</summary>
    public async Task StartPodAsync(string name)
    {
        var start = Stopwatch.GetTimestamp();
        await Client.CreateAsync(new Pod
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new()
            {
                Containers = [new() { Name = "c", Image = TestImages.Busybox, Command = ["sleep", "1000"] }],
            },
        });
        var text = new List<string> { Step("created", start) };
        while (await changes.Reader.ReadAsync() is var pod)
        {
            if (pod.Metadata.Name != name)
            {
                continue;
            }

            text.Add(Step(pod.Spec.NodeName.Length == 0 ? "unbound"
                : pod.Status.ContainerStatuses is [{ State.Running: not null }] ? "running"
                : pod.Status.PodIP.Length > 0 ? "sandbox" : pod.Status.StartTime is null ? "bound" : "seen", start));
            if (pod.Status.Conditions.Any(item => item is { Type: "Ready", Status: "True" }))
            {
                steps.Add(string.Join(", ", text));
                return;
            }
        }
    }

    /// <summary>Returns when the pod is gone.</summary>
    public async Task RemovePodAsync(string name)
    {
        await Client.DeleteAsync<Pod>("default", name, new() { GracePeriodSeconds = 1 });
        while (await changes.Reader.ReadAsync() is var pod)
        {
            if (pod.Metadata.Name == name && pod.Metadata.DeletionGracePeriodSeconds == -1)
            {
                return;
            }
        }
    }

    /// <summary>When what was seen of each pod.</summary>
    public IReadOnlyList<string> Steps => steps;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running);
        transports.ForEach(transport => transport.Dispose());
        stop.Dispose();
        folder.Delete(recursive: true);
    }

    private KubernetesClient Connect(ClusterPki pki, CertificatePair pair, int port)
    {
        var certificate = pair.Load();
        var transport = new HttpTransport(new()
        {
            Server = new Uri($"https://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"),
            Authorities = new NodeCredentials(certificate, certificate, pki.Authority.Pem).Authorities,
            ClientCertificate = () => certificate,
        });
        transports.AddRange([transport, certificate]);
        return new(transport, "kubelet");
    }

    private void StartAgent(PrivateContainerd machine, KubernetesClient kubelet)
    {
        var informers = new InformerSet(kubelet, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        var agent = new NodeAgent(new()
        {
            NodeName = "n1",
            NodeAddresses = ImmutableArray.Create(IPAddress.Parse("10.199.0.1")),
            DataDirectory = machine.Folder + "/kubelet",
            LogDirectory = machine.Folder + "/log",
            RuntimeSocket = machine.SocketPath,
            CgroupRoot = machine.CgroupRoot,
            ClusterDns = ["10.96.0.10"],
        }, new()
        {
            Client = kubelet, Informers = informers, Runtime = machine.Runtime, Time = TimeProvider.System,
            Loggers = NullLoggerFactory.Instance, Dial = machine.Network.ConnectAsync,
        });
        running.Add(agent.RunAsync(stop.Token));
        running.Add(informers.RunAsync(stop.Token));
    }

    private static string Step(string what, long start) => string.Create(
        CultureInfo.InvariantCulture, $"{what} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
