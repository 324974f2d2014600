using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.NodeTests.Machines;
using Netes.Nodes;
using Netes.Nodes.Server;

namespace Netes.NodeTests.Pods;

/// <summary>A node agent over a private containerd and objects in memory.</summary>
public class NodeFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly LastLines lastLines = new();
    private readonly ILoggerFactory loggers;
    private CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    private PrivateContainerd? machine;
    private NodeAgentOptions? options;

    public NodeFixture()
    {
        loggers = LoggerFactory.Create(builder => builder.AddProvider(lastLines));
        Client = new KubernetesClient(Api);
    }

    public virtual async ValueTask InitializeAsync()
    {
        machine = await PrivateContainerd.StartAsync();
        options = new()
        {
            NodeName = "n1",
            NodeAddresses = [IPAddress.Parse("10.199.0.1")],
            DataDirectory = machine.Folder + "/kubelet",
            LogDirectory = machine.Folder + "/log",
            RuntimeSocket = machine.SocketPath,
            CgroupRoot = machine.CgroupRoot,
            CdiDirectories = [machine.Folder + "/cdi"],
            ClusterDns = ["10.96.0.10"],
        };
        await machine.ImportAsync(TestImages.BusyboxArchive());
        StartAgent();
    }

    public PrivateContainerd Machine => machine ?? throw new InvalidOperationException("not started");

    public virtual NodeServerOptions? Server => null;

    public SmallApi Api { get; } = new();

    public KubernetesClient Client { get; }

    public NodeAgentOptions Options => options ?? throw new InvalidOperationException("not started");

    /// <summary>For one thing that a test does: the tests of a class together may take longer.</summary>
    public CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    public void StartAgent()
    {
        stop = new();
        var informers = new InformerSet(Client, TimeProvider.System, new Random(1), loggers);
        var agent = new NodeAgent(Options, new()
        {
            Client = Client, Informers = informers, Runtime = Machine.Runtime, Time = TimeProvider.System,
            Loggers = loggers, Dial = Machine.Network.ConnectAsync, Server = Server,
        });
        running = Task.WhenAll(agent.RunAsync(stop.Token), informers.RunAsync(stop.Token));
    }

    public async Task StopAgentAsync()
    {
        stop.Cancel();
        await running;
    }

    /// <summary>A pod as the API server would have completed it.</summary>
    public static Pod NewPod(string name, params Container[] containers) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Generation = 1 },
        Spec = new()
        {
            NodeName = "n1",
            RestartPolicy = RestartPolicy.Always,
            TerminationGracePeriodSeconds = 2,
            DnsPolicy = DNSPolicy.ClusterFirst,
            EnableServiceLinks = true,
            Containers = containers.ToValueList(),
        },
        Status = new() { Phase = PodPhase.Pending },
    };

    public static Container Busybox(string name, string script) => new()
    {
        Name = name,
        Image = TestImages.Busybox,
        Command = ["sh", "-c", script],
        ImagePullPolicy = PullPolicy.IfNotPresent,
        TerminationMessagePath = "/dev/termination-log",
        TerminationMessagePolicy = TerminationMessagePolicy.File,
    };

    public Task<Pod> CreateAsync(Pod pod) => Client.CreateAsync(pod, Limit);

    /// <summary>The pod as soon as the condition holds: looked at when anything in the API changed.</summary>
    public async Task<Pod> WaitAsync(string name, Func<Pod, bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        Pod? last = null;
        try
        {
            while (true)
            {
                var changed = Api.NextChange;
                last = await Client.GetAsync<Pod>("default", name, limit.Token);
                if (holds(last))
                {
                    return last;
                }

                await changed.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            var events = await Client.ListAsync<Event>("");
            throw new TimeoutException($"{name} did not get there; status: {JsonText(last)}\nevents:\n"
                + string.Join('\n', events.Items.Select(item => $"{item.Type} {item.Reason} {item.Message}"))
                + "\nlog:\n" + lastLines.Text);
        }
    }

    /// <summary>Writes the pod as it is now, changed; again when the agent wrote meanwhile.</summary>
    public async Task ChangeAsync(string name, Func<Pod, Pod> change)
    {
        while (true)
        {
            try
            {
                await Client.UpdateAsync(change(await Client.GetAsync<Pod>("default", name, Limit)), Limit);
                return;
            }
            catch (ApiException error) when (error.IsConflict)
            {
                continue;
            }
        }
    }

    /// <summary>Ends when some status of some pod was as wanted, though it may be another one by now.</summary>
    public async Task ToldAsync(Func<JsonNode, bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var changed = Api.NextChange;
            if (Api.PodStatuses.Any(holds))
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    public async Task WaitGoneAsync(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var changed = Api.NextChange;
            try
            {
                await Client.GetAsync<Pod>("default", name, limit.Token);
            }
            catch (ApiException error) when (error.IsNotFound)
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    public async Task<ImmutableArray<string>> EventsAsync(string pod) =>
    [
        .. (await Client.ListAsync<Event>("default", null, Limit)).Items
            .Where(item => item.InvolvedObject.Name == pod)
            .Select(item => $"{item.Type} {item.Reason} {item.Message}"),
    ];

    /// <summary>Ends when the pod has an event that begins so.</summary>
    public async Task EventAsync(string pod, string start)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var changed = Api.NextChange;
            if ((await EventsAsync(pod)).Any(item => item.StartsWith(start, StringComparison.Ordinal)))
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Ends when the node has told what it offers.</summary>
    public async Task WaitRegisteredAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var changed = Api.NextChange;
            if ((await Client.ListAsync<Node>("", null, limit.Token)).Items
                .Any(item => item.Status.Conditions.Any(each => each is { Type: "Ready", Status: "True" })))
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>The container's log as soon as it has that text: the runtime writes it beside what it tells.</summary>
    public Task<string> LogAsync(Pod pod, string container, string text, int restart = 0)
    {
        var folder = Options.PodLogDirectory(pod.Metadata.Namespace, pod.Metadata.Name, pod.Metadata.Uid);
        var file = $"{folder}/{container}/{restart}.log";
        return Eventually.Async(
            $"{text} in the log of {container}",
            () => File.Exists(file)
                ? string.Concat(File.ReadLines(file).Select(line => line.Split(' ', 4)[3] + "\n"))
                : "",
            log => log.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Ends when the runtime has no sandbox of the pod any more.</summary>
    public Task NoSandboxAsync(Pod pod) => Eventually.Async(
        "no sandbox", () => Machine.Runtime.ListPodSandboxesAsync(pod.Metadata.Uid, Limit), left => left.Count == 0);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAgentAsync();
        }
        finally
        {
            await Machine.DisposeAsync();
        }

        loggers.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string JsonText(Pod? pod) => pod is null
        ? "none" : System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(pod.Status));

    /// <summary>Keeps the agent's last lines, for the message of a test that fails.</summary>
    private sealed class LastLines : ILoggerProvider, ILogger
    {
        private const int Limit = 200;
        private readonly ConcurrentQueue<string> lines = new();

        public string Text => string.Join('\n', lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
            while (lines.Count > Limit)
            {
                lines.TryDequeue(out _);
            }
        }

        public void Dispose()
        {
            return;
        }
    }
}
