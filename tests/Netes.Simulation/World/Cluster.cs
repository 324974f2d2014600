using System.Net;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Registry;
using Netes.Client;
using Netes.ControlPlane;
using Netes.ControlPlane.Scheduling;
using Netes.Simulation.Checks;
using Netes.Simulation.Mutations;
using Netes.Store;
using Netes.Store.Memory;

namespace Netes.Simulation.World;

/// <summary>
/// A whole cluster in one process: store, API server, controllers, scheduler and nodes, each of which can crash and
/// come again.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Faults _faults;
    private readonly Mutation? _mutation;
    private readonly Action<string>? _trace;
    private readonly AcknowledgedWrites _acknowledged;
    private readonly MemoryStore _store;
    private readonly Dictionary<string, ProgramLife> _programs = new(StringComparer.Ordinal);
    private readonly List<Task> _ended = [];

    public Cluster(
        TimeProvider time, Random random, Faults faults, Mutation? mutation, Verdict verdict, Mirror mirror,
        Action<StoreWrite> observe, Action<string>? trace)
    {
        (_time, _random, _faults, _mutation) = (time, new Random(random.Next()), faults, mutation);
        _trace = trace;
        _acknowledged = new AcknowledgedWrites(verdict);
        _store = new MemoryStore(new HistoryOptions { Revisions = 50 }, time);
        var ids = new Random(random.Next());
        var options = new ApiServerOptions
        {
            ServesNetwork = false,
            Listen = new IPEndPoint(IPAddress.Loopback, 6443),
            ServerCertificate = () => throw new NotSupportedException("nothing listens"),
            Ids = new IdSource(ids.NextBytes),
            Neighbors = new Neighbor(mirror),
        };
        IStore observed = new ObservedStore(mutation?.Beneath?.Invoke(_store) ?? _store, write =>
        {
            _acknowledged.Observe(write);
            observe(write);
        });
        Machine = new Machine(
            mutation?.Store?.Invoke(observed) ?? observed, options, mutation?.Clock("server", time) ?? time, verdict);
    }

    public Machine Machine { get; }

    public IReadOnlyList<string> Nodes { get; } = ["node-0", "node-1", "node-2", "node-3", "node-4"];

    /// <summary>Where the controllers crash of themselves.</summary>
    public CrashPoint CrashPoint { get; init; } = new(0, isAfter: false);

    /// <summary>Asks the nodes what they start and end; null: nobody asks.</summary>
    public IdentityCheck? Identities { get; init; }

    /// <summary>Told by the nodes what uses disks.</summary>
    public required AttachmentCheck Attachments { get; init; }

    /// <summary>Looks at what the garbage collector takes; null: nobody does.</summary>
    public GarbageCheck? Garbage { get; init; }

    /// <summary>Counts who writes.</summary>
    public required Census Census { get; init; }

    public int AcknowledgedCount => _acknowledged.Count;

    /// <summary>Forgets the history: who was not watching has to begin anew.</summary>
    public ValueTask CompactAsync() => _store.CompactAsync(_store.CurrentRevision, CancellationToken.None);

    /// <summary>A client in a user's name, over a network that nothing happens on.</summary>
    public KubernetesClient Administrator(string name, ProgramLife life)
    {
        var quiet = new Faults(new FaultOptions(), new Random(0), _time);
        return Client(name, new Network(
            Machine, life, User(name, KnownGroups.Masters), quiet, _acknowledged, _trace));
    }

    public void StartControllers()
    {
        var life = Begin("controllers");
        var options = new ControllerOptions
        {
            RootCertificatePem = "pem",
            SignCertificate = (_, _, _) => ByteString.FromUtf8(Certificates.Signed),
            SignServiceAccountToken = SecurityCheck.TokenOf,

            // A token that nobody used goes with the day: of a year nobody would live to see the end.
            LegacyTokenCleanUpPeriod = TimeSpan.Zero,
        };
        var manager = new ControllerManager(
            options,
            Fragile(life, User("system:kube-controller-manager")),
            account => Fragile(life, account == ControllerEntry.Manager
                ? User(account)
                : User(
                    $"system:serviceaccount:kube-system:{account}", "system:serviceaccounts",
                    "system:serviceaccounts:kube-system")),
            _mutation?.Clock("controllers", _time) ?? _time, new Random(_random.Next()), Loggers.None);
        life.Start(manager.RunAsync);
    }

    public void StartScheduler()
    {
        var life = Begin("scheduler");
        var scheduler = new SchedulerService(
            SchedulerOptions.Default, Client("scheduler", life, User("system:kube-scheduler")), _time,
            new Random(_random.Next()), Loggers.None);
        life.Start(scheduler.RunAsync);
    }

    public void StartNode(int index, double slowness)
    {
        var name = Nodes[index];
        var life = Begin(name);
        var client = Client(name, life, User($"system:node:{name}", KnownGroups.Masters));
        life.Start(new HollowNode(
            name, index, client, slowness, _time, new Random(_random.Next()), Identities, Attachments).RunAsync);
    }

    /// <summary>The vendor's program that attaches disks; it does not crash.</summary>
    public void StartDriver()
    {
        var life = Begin("driver");
        var client = Client("driver", life, User("driver", KnownGroups.Masters));
        life.Start(new DiskDriver(client, _time, new Random(_random.Next())).RunAsync);
    }

    public bool Runs(string program) => _programs.TryGetValue(program, out var life) && !life.IsOver;

    public void Crash(string program)
    {
        if (_programs.Remove(program, out var life))
        {
            life.Crash();
            _ended.Add(life.EndAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs.Keys.ToList())
        {
            Crash(program);
        }

        await Task.WhenAll(_ended);
        await Machine.EndAsync();
        await _store.DisposeAsync();
    }

    private ProgramLife Begin(string program) => _programs[program] = new ProgramLife();

    private KubernetesClient Client(string program, ProgramLife life, UserIdentity user) =>
        Client(program, Way(life, user));

    private KubernetesClient Fragile(ProgramLife life, UserIdentity user)
    {
        void Crash() => _ended.Add(CrashControllersAsync());
        return Client("controllers", CrashPoint.On(Way(life, user), Crash));
    }

    private Network Way(ProgramLife life, UserIdentity user) =>
        new(Machine, life, user, _faults, _acknowledged, _trace) { Garbage = Garbage, Census = Census };

    private KubernetesClient Client(string program, IApiTransport network) =>
        new(_mutation?.Apply(program, network) ?? network, program);

    private async Task CrashControllersAsync()
    {
        Crash("controllers");
        await Task.Delay(TimeSpan.FromSeconds(3), _time);
        if (!Runs("controllers"))
        {
            StartControllers();
        }
    }

    private static UserIdentity User(string name, params string[] groups) =>
        new() { Name = name, Groups = [.. groups, KnownGroups.Authenticated] };
}
