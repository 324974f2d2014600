using System.Security.Cryptography;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.Engine;
using Netes.Simulation.Mutations;
using Netes.Simulation.World;

namespace Netes.Simulation.Runs;

/// <summary>What is simulated.</summary>
/// <param name="Seed">Decides everything that chance decides.</param>
/// <param name="Duration">For how long the cluster is disturbed, in its own time.</param>
internal sealed record SimulationOptions(int Seed, TimeSpan Duration)
{
    /// <summary>Breaks something on purpose, so that the checkers have something to find; the rest is calm.</summary>
    public Mutation? Mutation { get; init; }

    /// <summary>The controllers crash at this write of theirs; 0: at none.</summary>
    public int CrashAtWrite { get; init; }

    /// <summary>They crash after it, and not before.</summary>
    public bool CrashAfter { get; init; }

    /// <summary>Looks at what there is in the end, if no promise was broken.</summary>
    public Action<Mirror, DateTimeOffset>? Inspect { get; init; }

    /// <summary>Told of each write; null: nobody listens.</summary>
    public Action<string>? Trace { get; init; }
}

/// <summary>How a run ended. Two runs of one seed are the same in all of this.</summary>
internal sealed record SimulationResult(
    int Seed, string Digest, long Steps, int Writes, int Objects, TimeSpan Elapsed, string? Violation)
{
    /// <summary>How often the controllers wrote; a crash at each of these can be tried.</summary>
    public int WritesOfControllers { get; init; }

    /// <summary>How often each account wrote, by verbs and kinds.</summary>
    public IReadOnlyDictionary<string, int> KindsOfWrites { get; init; } = new Dictionary<string, int>();

    /// <summary>Where the controllers crashed, if they were to.</summary>
    public string Crash { get; init; } = "";

    public override string ToString() =>
        $"seed {Seed}{Crash}: {(Violation is null ? "ok" : $"VIOLATION {Violation}")} "
        + $"[{Elapsed:d\\.hh\\:mm\\:ss}, {Steps} steps, {Writes} writes, {WritesOfControllers} by controllers, "
        + $"{Objects} objects, digest {Digest}]";
}

/// <summary>
/// One cluster's life from a seed: it is set up, disturbed for a time, then left alone until all is as it should be.
/// </summary>
internal sealed class Simulation
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private const long MaxStepsPerHour = 2_000_000;

    private static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(40);

    // Whoever was told last that all is well acts on it, and then for this time nobody does.
    private static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly SimulationOptions _options;
    private readonly Random _random;
    private readonly Executor _executor;
    private readonly Verdict _verdict;
    private readonly Mirror _mirror = new();
    private readonly Faults _faults;
    private readonly Cluster _cluster;
    private readonly Census _census;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _writes;

    private Simulation(SimulationOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        _executor = new Executor(
            new Random(_random.Next()), Start, (long)(MaxStepsPerHour * (1 + options.Duration.TotalHours)));
        var time = _executor.Time;
        _verdict = new Verdict(time);
        var isWildByChance = _random.Next(2) == 0;
        var wild = options.Mutation?.IsWild ?? isWildByChance;
        _faults = new Faults(wild ? FaultOptions.Wild : FaultOptions.Calm, new Random(_random.Next()), time);
        _census = new Census(_mirror, _verdict);
        _ = new PlacementCheck(_mirror, _verdict);
        _ = new QuotaCheck(_mirror, _verdict);
        _ = new JobCheck(_mirror, _verdict);
        _ = new BudgetCheck(_mirror, _verdict, time);
        _ = new VolumeCheck(_mirror, _verdict);
        _ = new RetentionCheck(_mirror, _verdict, time);
        _ = new DeviceCheck(_mirror, _verdict, answersCome: !wild);
        _ = new SecurityCheck(_mirror, _verdict, time);
        _ = new AddressCheck(_mirror, _verdict);
        _ = new CronCheck(_mirror, _verdict, time);
        _ = new LeaseCheck(_mirror, _verdict, time);
        if (!wild)
        {
            _ = new ReplicaCheck(_mirror, _verdict, time);
            _ = new RolloutCheck(_mirror, _verdict, time);
            _ = new DaemonCheck(_mirror, _verdict);
        }

        _cluster = new Cluster(time, new Random(_random.Next()), _faults, options.Mutation, _verdict, _mirror,
            Observe, options.Trace)
        {
            Identities = wild ? null : new IdentityCheck(_verdict),
            Attachments = new AttachmentCheck(_mirror, _verdict, nodesLive: !wild),
            Garbage = new GarbageCheck(_mirror, _verdict),
            CrashPoint = new CrashPoint(options.CrashAtWrite, options.CrashAfter),
            Census = _census,
        };
    }

    public static SimulationResult Run(SimulationOptions options)
    {
        var simulation = new Simulation(options);
        try
        {
            simulation._executor.Run(simulation.LiveAsync);
        }
        catch (Exception failure)
        {
            simulation._verdict.Break(Finding.SimulationEnded, $"the simulation ended: {failure}");
        }

        return simulation.Result();
    }

    private SimulationResult Result() => new(
        _options.Seed, Convert.ToHexStringLower(_digest.GetCurrentHash())[..16], _executor.Steps, _writes,
        _mirror.All.Count, _executor.Time.Elapsed, _verdict.Violation)
    {
        WritesOfControllers = _cluster.CrashPoint.Writes,
        KindsOfWrites = _census.Kinds,
        Crash = _options.CrashAtWrite == 0 ? ""
            : $", crash {(_options.CrashAfter ? "after" : "before")} write {_options.CrashAtWrite}",
    };

    private void Observe(StoreWrite write)
    {
        _writes++;
        var line = $"{_executor.Time.Elapsed:d\\.hh\\:mm\\:ss\\.fffffff} {write.Revision} {write.Key} "
            + $"{(write.Value is { } value ? value.Length : -1)}";
        _digest.AppendData(Encoding.UTF8.GetBytes(line));
        _digest.AppendData(write.Value is { } bytes ? bytes.Span : []);
        _options.Trace?.Invoke(line);
        try
        {
            _mirror.Observe(write);
        }
        catch (Exception failure)
        {
            _verdict.Break(Finding.CheckerFailed, $"a checker failed: {failure}");
        }
    }

    private async Task LiveAsync()
    {
        using var life = new ProgramLife();
        var administrator = _cluster.Administrator("admin", life);
        await _cluster.Machine.StartAsync();
        var people = new People(
            administrator, _mirror, _executor.Time, new Random(_random.Next()), _faults.Options.Losses)
        {
            Favorite = _options.Mutation?.Room ?? Room.Any,
        };
        await SetUpAsync(administrator, people);
        using var auditing = new CancellationTokenSource();
        var auditor = new Auditor(_cluster.Administrator("auditor", life), _mirror, _verdict, _executor.Time);
        var audit = auditor.RunAsync(auditing.Token);
        var troubles = new Troubles(
            _cluster, _faults.Options, _executor.Time, new Random(_random.Next()), administrator);
        await troubles.DisturbAsync(people, _options.Duration, () => _verdict.Violation is not null);
        _faults.Stop();
        if (_verdict.Violation is null)
        {
            await SettleAsync(people);
        }

        if (_verdict.Violation is null)
        {
            _options.Inspect?.Invoke(_mirror, _executor.Time.GetUtcNow());
        }

        auditing.Cancel();
        await audit;
        await _cluster.DisposeAsync();
    }

    private async Task SetUpAsync(KubernetesClient administrator, People people)
    {
        foreach (var name in new[] { "default", "kube-system", "kube-node-lease" })
        {
            try
            {
                await administrator.CreateAsync(new Namespace { Metadata = new() { Name = name } });
            }
            catch (ApiException failure) when (failure.IsAlreadyExists)
            {
                // The server made it.
            }
        }

        await people.MoveInAsync(CancellationToken.None);
        _cluster.StartControllers();
        _cluster.StartScheduler();
        _cluster.StartDriver();
        for (var i = 0; i < _cluster.Nodes.Count; i++)
        {
            _cluster.StartNode(i, _random.Next(4) == 0 ? 4 : 1);
        }
    }

    /// <summary>Without any more trouble, all that was asked for comes about.</summary>
    private async Task SettleAsync(People people)
    {
        await people.SettleAsync(CancellationToken.None);
        var began = _executor.Time.Elapsed;
        while (_verdict.Violation is null)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), _executor.Time);
            await people.TidyAsync(CancellationToken.None);
            var missing = WhatIsMissing();
            if (missing is null && await RestsAsync())
            {
                return;
            }

            if (missing is not null && _executor.Time.Elapsed - began > SettleTime)
            {
                _verdict.Break(
                    missing.Finding, $"{SettleTime.TotalMinutes} minutes after the last trouble {missing.Text}");
            }
        }
    }

    private Gap? WhatIsMissing() => ConvergenceCheck.WhatIsMissing(_mirror, _executor.Time.GetUtcNow());

    /// <summary>
    /// All is as it should be, for a while, and nobody acts: nobody writes any more. False: something is to come.
    /// </summary>
    private async Task<bool> RestsAsync()
    {
        var time = _executor.Time;
        await Task.Delay(RestAfter, time);

        // Jobs that go by themselves leave work for others.
        if (_mirror.Jobs.Items.Any(static job => job.Spec.TTLSecondsAfterFinished is not null)
            || WhatIsMissing() is not null)
        {
            return false;
        }

        _census.IsAtRest = true;
        await Task.Delay(Rest, time);
        return true;
    }
}
