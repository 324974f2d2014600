using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Api.Telemetry;
using Netes.Client;
using Netes.Host;
using Netes.Nodes;
using Netes.Nodes.Devices;
using Netes.Tests.ControlPlane;
using Netes.Tests.ControlPlane.ResourceClaims;

namespace Netes.Tests.Node.Devices;

/// <summary>
/// What an agent on node n1 has for devices, with that node's rights on a real API server and a folder of its own.
/// </summary>
internal sealed class DeviceNode : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netes-dra-");
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private int _arrivals;

    private DeviceNode(TestCluster cluster, TimeProvider time) => (Cluster, Time) = (cluster, time);

    public TestCluster Cluster { get; }

    public TimeProvider Time { get; }

    public string Folder => _folder.FullName;

    public MetricRegistry Metrics { get; } = new();

    public NodeDevices Devices { get; private set; } = null!;

    public PodDevices Pods => Devices.Pods;

    /// <summary>Uids of pods whose devices' health changed.</summary>
    public System.Threading.Channels.Channel<string> Woken { get; } =
        System.Threading.Channels.Channel.CreateBounded<string>(1000);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeviceNode> StartAsync(TimeProvider? time = null)
    {
        var node = new DeviceNode(await TestCluster.StartAsync(), time ?? TimeProvider.System);
        await node.Cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, Cancel);
        node.StartAgent();
        return node;
    }

    public void StartAgent()
    {
        _stop = new();
        Devices = new(
            new NodeAgentOptions { NodeName = "n1", NodeAddresses = [IPAddress.Loopback], DataDirectory = Folder },
            ControlPlaneParts.NodeClient(Cluster.Server, "n1"), Metrics, Time, TestCluster.Loggers);
        Devices.Listen(() => Interlocked.Increment(ref _arrivals), uid => Woken.Writer.TryWrite(uid));
        _running = Devices.RunAsync(_stop.Token);
    }

    public async Task StopAgentAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>A claim of one device of the test's driver, allocated, and reserved for pods of these names.</summary>
    public async Task<ResourceClaim> ClaimAsync(string name, params string[] pods)
    {
        var claim = await Cluster.Client.CreateAsync(
            DeviceObjects.Claim(name) with { Metadata = new() { Namespace = "default", Name = name } }, Cancel);
        return await ReserveAsync(claim, pods);
    }

    public async Task<ResourceClaim> ReserveAsync(ResourceClaim claim, params string[] pods)
    {
        var users = new List<ResourceClaimConsumerReference>();
        foreach (var name in pods)
        {
            var pod = await Cluster.Client.GetAsync<Pod>("default", name, Cancel);
            users.Add(new() { Resource = "pods", Name = name, Uid = pod.Metadata.Uid });
        }

        return await Cluster.Client.UpdateStatusAsync(claim with
        {
            Status = new()
            {
                Allocation = new()
                {
                    Devices = new()
                    {
                        Results = [new() { Request = "gpu", Driver = TestDriver.Name, Pool = "n1", Device = "gpu-0" }],
                    },
                },
                ReservedFor = users.ToValueList(),
            },
        }, Cancel);
    }

    /// <summary>A pod on the node whose one container uses the claims.</summary>
    public Task<Pod> PodAsync(string name, params string[] claims) =>
        PodAsync(name, default(ValueMap<Quantity>), claims);

    public async Task<Pod> PodAsync(string name, ValueMap<Quantity> limits, params string[] claims)
    {
        var pod = WorkloadTests.ToCreate(Objects.Pod(name));
        pod = pod with
        {
            Spec = pod.Spec with
            {
                NodeName = "n1",
                AutomountServiceAccountToken = false,
                Containers =
                [
                    new Container
                    {
                        Name = "c", Image = "i",
                        Resources = new()
                        {
                            Limits = limits,
                            Claims = claims.Select(claim => new Netes.Api.Core.ResourceClaim { Name = claim })
                                .ToValueList(),
                        },
                    },
                ],
            },
        };
        pod = claims.Aggregate(pod, (made, claim) => made.Using(claim));
        return await Cluster.Client.CreateAsync(pod, Cancel);
    }

    /// <summary>How often a driver came that could not be asked before.</summary>
    public int Arrivals => Volatile.Read(ref _arrivals);

    /// <summary>There is a connection to a plugin of the driver.</summary>
    public bool IsReached(string driver) => IsKnown(driver) && Devices.Drivers.Get(driver).IsConnected;

    public bool IsKnown(string driver)
    {
        try
        {
            return Devices.Drivers.Get(driver).Name == driver;
        }
        catch (DeviceException)
        {
            return false;
        }
    }

    /// <summary>The error's message.</summary>
    public async Task<string> FailsAsync(Pod pod) =>
        (await Assert.ThrowsAsync<DeviceException>(() => Pods.PrepareAsync(pod, Cancel))).Message;

    public ImmutableArray<string> DevicesOf(Pod pod) => Pods.CdiDevicesOf(pod, pod.Spec.Containers[0]);

    /// <summary>Ends when it holds; connections tell no event here.</summary>
    public static async Task UntilAsync(Func<bool> holds, Action? meanwhile = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            await pause.WaitForNextTickAsync(limit.Token);
            meanwhile?.Invoke();
        }
    }

    public string MetricsText()
    {
        var output = new ArrayBufferWriter<byte>();
        Metrics.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAgentAsync();
        await Cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
