using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Netes.ControlPlane;
using Netes.Simulation.Checks;
using Netes.Simulation.Mutations;
using Netes.Simulation.Runs;

namespace Netes.Simulation;

/// <summary>Clusters that live from a seed, disturbed all the time, and the proof that what breaks is found.</summary>
public sealed class SimulationTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    // Accounts that have nothing to write in three minutes of a cluster.
    private static readonly Dictionary<string, string> Silent = new(StringComparer.Ordinal)
    {
        ["legacy-service-account-token-cleaner"] = "looks once a day",
        ["volumeattributesclass-protection-controller"] = "nobody there has such classes",
        ["storage-version-garbage-collector"] = "does not run unless its gates are on",

        // In longer lives these act: of six rooms people are in one now and then, and it takes more than one visit.
        ["device-taint-eviction-controller"] = "waits for a device that breaks while a pod has it",
        ["expand-controller"] = "waits for a claim that is bound and then grows",
        ["namespace-controller"] = "waits for the third visit to the namespaces, which ends one",
    };

    [Fact]
    public async Task TwoHundredSeeds_BreakNoPromise_AndEveryAccountActs()
    {
        const int Seeds = 200;
        ConcurrentDictionary<string, bool> wrote = new(StringComparer.Ordinal);
        var results = await Workers.RunAsync(1, Seeds, Life, WorkCommand.Writers, line =>
        {
            if (line.StartsWith(WorkCommand.Wrote, StringComparison.Ordinal))
            {
                wrote[line[WorkCommand.Wrote.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]] = true;
            }
            else
            {
                Tell(line);
            }
        });
        Assert.Empty(results.Where(result => !result.IsOk).Select(result => result.Text));
        Assert.Equal(Seeds, results.Count);
        string[] others =
        [
            "kube-scheduler", "node-0", "node-1", "node-2", "node-3", "node-4", Census.LeaseCollector,
            Census.Availability,
        ];
        var all = Controllers.All.Select(static controller => controller.Account.Split(':')[^1]).Concat(others);
        Assert.DoesNotContain(all.Distinct(), account => !wrote.ContainsKey(account) && !Silent.ContainsKey(account));
    }

    /// <summary>Some of its writes; all of them are tried by <c>./build.cs sim --every-write</c>.</summary>
    [Fact]
    public async Task ControllersCrashAtAWrite_NoPromiseIsBroken()
    {
        const int Lives = 40;
        var whole = Assert.Single(await Workers.RunAsync(3, 1, Life, "", Tell));

        // Before a write and after one, in turn.
        var stride = (2 * whole.WritesOfControllers / Lives) | 1;
        var results = await Workers.RunAsync(1, Lives, Life, $"{WorkCommand.CrashesOf}3", Tell, stride);
        Assert.Empty(results.Where(result => !result.IsOk).Select(result => result.Text));
        Assert.Equal(Lives, results.Count);
    }

    [Fact]
    public async Task SameSeed_LivesTheSameLife()
    {
        var first = await Workers.RunAsync(7, 1, Life, "", Tell);
        var second = await Workers.RunAsync(7, 1, Life, "", Tell);
        Assert.Equal(Assert.Single(first).Text, Assert.Single(second).Text);
        var other = await Workers.RunAsync(8, 1, Life, "", Tell);
        Assert.NotEqual(first[0].Digest, Assert.Single(other).Digest);
    }

    [Fact]
    public async Task AnythingIsBroken_ItIsFound()
    {
        var lines = await ProveAsync(MutationList.All.Count, Proofs.Mutations);
        Assert.Equal(
            MutationList.All.Select(static mutation => Proofs.Found + mutation.Name).Order(StringComparer.Ordinal),
            lines.Where(IsFound).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TheEndIsTamperedWith_ItIsFound()
    {
        const int Lives = 12;
        var lines = await ProveAsync(Lives, Proofs.Tamperings);
        Assert.Equal(
            TamperingList.All.Select(static tampering => $"{Proofs.Found}{tampering.Finds}")
                .Order(StringComparer.Ordinal),
            lines.Where(IsFound).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <summary>Each finding is one place of the checkers, and something breaks it on purpose.</summary>
    [Fact]
    public void EveryFinding_IsOfOnePlaceAndProven()
    {
        // What ends a simulation is no promise of a cluster.
        Finding[] own = [Finding.ServerEnded, Finding.SimulationEnded, Finding.CheckerFailed];
        var proven = MutationList.All.Select(static mutation => mutation.Finds)
            .Concat(TamperingList.All.Select(static tampering => tampering.Finds)).Concat(own);
        Assert.Empty(Enum.GetValues<Finding>().Except(proven));

        var text = string.Concat(Directory.EnumerateFiles(Path.Join(Path.GetDirectoryName(Here()), "Checks"))
            .Select(File.ReadAllText));
        Assert.DoesNotContain(
            Enum.GetValues<Finding>().Except(own), finding => Regex.Count(text, $@"\bFinding\.{finding}\b") != 1);
    }

    private static bool IsFound(string line) => line.StartsWith(Proofs.Found, StringComparison.Ordinal);

    private static string Here([CallerFilePath] string path = "") => path;

    private static async Task<IReadOnlyCollection<string>> ProveAsync(int count, string what)
    {
        ConcurrentQueue<string> lines = new();
        await Workers.RunAsync(1, count, TimeSpan.FromMinutes(10), what, line =>
        {
            Tell(line);
            lines.Enqueue(line);
        });
        return lines;
    }

    private static void Tell(string line) => TestContext.Current.SendDiagnosticMessage("{0}", line);
}
