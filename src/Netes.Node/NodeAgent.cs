using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;
using Netes.Nodes.Cgroups;
using Netes.Nodes.Devices;
using Netes.Nodes.Environments;
using Netes.Nodes.Hooks;
using Netes.Nodes.Images;
using Netes.Nodes.Logs;
using Netes.Nodes.Machines;
using Netes.Nodes.Metrics;
using Netes.Nodes.Pods;
using Netes.Nodes.Probes;
using Netes.Nodes.Registration;
using Netes.Nodes.Runtime;
using Netes.Nodes.Server;
using Netes.Nodes.Stats;
using Netes.Nodes.Volumes;

namespace Netes.Nodes;

/// <summary>What a node agent needs from outside.</summary>
public sealed record NodeAgentServices
{
    public required KubernetesClient Client { get; init; }

    /// <summary>What is watched, shared with the node's other parts; run by the caller.</summary>
    public required InformerSet Informers { get; init; }

    public required IContainerRuntime Runtime { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>How pods are reached; from this process's own network namespace unless said otherwise.</summary>
    public Dial Dial { get; init; } = DirectDial.ConnectAsync;

    /// <summary>Where the kernel's cgroup file systems are mounted.</summary>
    public string CgroupMount { get; init; } = "/sys/fs/cgroup";

    /// <summary>What its server shows under <c>/metrics</c>; each agent has its own.</summary>
    public MetricRegistry Metrics { get; init; } = new();

    /// <summary>The node's own HTTPS server; null: it serves nothing.</summary>
    public NodeServerOptions? Server { get; init; }
}

/// <summary>
/// The agent of one node: it runs the pods that are bound to the node and tells the API how they and the node are. It
/// may end at any time: containers run on, and the next agent finds everything again.
/// Source: pkg/kubelet/kubelet.go.
/// </summary>
public sealed class NodeAgent
{
    private readonly NodeAgentServices services;
    private readonly NodeMetrics metrics;
    private readonly MeasuredRuntime runtime;
    private readonly MachineReader machine = new("/");
    private readonly string nodeName;
    private readonly Informer<Pod> pods;
    private readonly Informer<Service> knownServices;
    private readonly EventRecorder recorder;
    private readonly NodeRegistration registration;
    private readonly NodeLease lease;
    private readonly PodRuntimeReader reader;
    private readonly ClusterObjects objects;
    private readonly PodWorkers workers;
    private readonly PodGarbage garbage;
    private readonly LogRotation rotation;
    private readonly LocalPathFolders folders;
    private readonly NodeDevices devices;

    public NodeAgent(NodeAgentOptions options, NodeAgentServices services)
    {
        this.services = services;
        var (client, time, loggers) = (services.Client, services.Time, services.Loggers);
        metrics = new(services.Metrics, options.NodeName, time);
        runtime = new(services.Runtime, metrics.Runtime);
        var random = new Random();
        pods = services.Informers.Get<Pod>(PodsOf(options.NodeName));
        knownServices = services.Informers.Get<Service>();
        recorder = new(
            client, "kubelet", options.NodeName, EventOptions.Default, time, new Random(random.Next()),
            loggers.CreateLogger<EventRecorder>());
        nodeName = options.NodeName;
        registration = new(
            options, client, services.Informers.Get<Node>(), runtime, machine, time,
            loggers.CreateLogger<NodeRegistration>());
        lease = new(options, client, registration, time, loggers.CreateLogger<NodeLease>());
        reader = new(runtime, options);
        var events = new PodEvents(recorder);
        objects = new(client, knownServices, ConfigChanged, time, loggers);
        var tokens = new ServiceAccountTokens(objects, time);
        var volumes = new PodVolumes(
            new VolumeContent(objects, tokens, options), new ClaimVolumes(objects, options, () => registration.Node),
            options, time);
        folders = new(
            options.NodeName, client, services.Informers, time, loggers.CreateLogger<LocalPathFolders>());
        var hooks = new ContainerHooks(runtime, services.Dial, time);
        var killer = new PodKiller(runtime, hooks, events, time, loggers.CreateLogger<PodKiller>());
        var starter = new ContainerStarter(
            runtime, new ImagePuller(runtime, objects, events, metrics, time), new ContainerEnvironment(objects),
            new ContainerMounts(volumes, options, () => Guid.NewGuid().ToString("N")[..8]), hooks, killer, events,
                options);
        rotation = new(runtime, options, time, loggers.CreateLogger<LogRotation>());
        devices = new(options, client, services.Metrics, time, loggers);
        var shared = new PodWorkerServices
        {
            Runtime = runtime,
            Reader = reader,
            Starter = starter,
            Killer = killer,
            Volumes = volumes,
            Tokens = tokens,
            Devices = devices,
            Cgroups = new PodCgroups(services.CgroupMount),
            Prober = new Prober(runtime, services.Dial, time),
            Events = events,
            Client = client,
            Pods = pods,
            Options = options,
            Time = time,
            Loggers = loggers,
            Node = () => registration.Node,
            Allocatable = () => registration.Allocatable,
            MemoryCapacityBytes = options.MemoryBytes ?? machine.MemoryBytes(),
            Objects = objects,
            Metrics = metrics,
        };
        workers = new(shared);
        devices.Listen(workers.DriverArrived, workers.Wake);
        PodGauges.Add(services.Metrics, workers);
        garbage = new(shared, workers);
    }

    /// <summary>Selects the pods that are bound to a node.</summary>
    public static InformerOptions PodsOf(string nodeName) =>
        InformerOptions.Default with { FieldSelector = "spec.nodeName=" + nodeName };

    /// <summary>Runs until cancelled; pods' containers run on.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        pods.AddHandler(workers.Change);
        List<Task> parts =
        [
            recorder.RunAsync(stop.Token),
            registration.RunAsync(stop.Token),
            lease.RunAsync(stop.Token),
            WatchRuntimeAsync(stop.Token),
            workers.RunAsync(WaitForSyncAsync, stop.Token),
            garbage.RunAsync(WaitForSyncAsync, stop.Token),
            rotation.RunAsync(stop.Token),
            folders.RunAsync(stop.Token),
            devices.RunAsync(stop.Token),
        ];
        if (services.Server is { } options)
        {
            var usage = new UsageReader(runtime, machine, services.CgroupMount, services.Time);
            var server = new NodeServer(
                options, nodeName, workers, usage, runtime, services.Dial, metrics, services.Time, services.Loggers);
            parts.Add(server.RunAsync(stop.Token));
        }

        var first = await Task.WhenAny(parts);
        stop.Cancel();
        try
        {
            await Task.WhenAll(parts);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && first.Exception is null)
        {
            return;
        }
        finally
        {
            await objects.StopAsync();
        }
    }

    private void ConfigChanged(string podUid) => workers.ConfigChanged(podUid);

    private Task WaitForSyncAsync(CancellationToken cancel) =>
        Task.WhenAll(pods.WaitForSyncAsync(cancel), knownServices.WaitForSyncAsync(cancel));

    private async Task WatchRuntimeAsync(CancellationToken cancel)
    {
        await foreach (var item in runtime.WatchAsync(cancel))
        {
            if (item.Kind is RuntimeEventKind.Connected or RuntimeEventKind.Disconnected)
            {
                registration.LookNow();
            }

            await workers.TellAsync(item, cancel);
        }
    }
}
