using Netes.Simulation.Mutations;
using Netes.Simulation.Runs;

namespace Netes.Simulation;

/// <summary>Clusters that live from a seed, disturbed all the time, and the proof that what breaks is found.</summary>
public sealed class SimulationTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task TwoHundredSeeds_BreakNoPromise()
    {
        const int Seeds = 200;
        var results = await Workers.RunAsync(1, Seeds, Life, "", Tell);
        Assert.Empty(results.Where(result => !result.IsOk).Select(result => result.Text));
        Assert.Equal(Seeds, results.Count);
    }

    /// <summary>Some of its writes; all of them are tried by <c>./build.cs sim --every-write</c>.</summary>
    [Fact]
    public async Task ControllersCrashAtAWrite_NoPromiseIsBroken()
    {
        const int Lives = 40;
        var whole = Assert.Single(await Workers.RunAsync(3, 1, Life, "", Tell));
        var results = await Task.WhenAll(Enumerable.Range(0, Lives).Chunk(Lives / 2).Select(async chunk =>
        {
            var lines = new List<SeedLine>();
            foreach (var i in chunk)
            {
                var crash = 1 + ((2L * whole.WritesOfControllers - 1) * i / (Lives - 1));
                lines.AddRange(await Workers.RunAsync((int)crash, 1, Life, $"{WorkCommand.CrashesOf}3", Tell));
            }

            return lines;
        }));
        Assert.Empty(results.SelectMany(lines => lines).Where(result => !result.IsOk).Select(result => result.Text));
        Assert.Equal(Lives, results.Sum(lines => lines.Count));
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

    /// <summary>In some lives nobody does what the broken thing is needed for: others are tried.</summary>
    [Fact]
    public async Task AnythingIsBroken_ItIsFound()
    {
        const int Lives = 12;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(MutationList.All, options, async (mutation, _) =>
        {
            List<string> lives = [];
            for (var seed = mutation.Seed; seed < mutation.Seed + Lives; seed++)
            {
                lives.Add(Assert.Single(
                    await Workers.RunAsync(seed, 1, TimeSpan.FromMinutes(10), mutation.Name, Tell)).Text);
                if (lives[^1].Contains("VIOLATION", StringComparison.Ordinal) && lives[^1].Contains(mutation.Words))
                {
                    return;
                }
            }

            Assert.Fail($"{mutation.Name} was not found: {string.Join('\n', lives)}");
        });
    }

    private static void Tell(string line) => TestContext.Current.SendDiagnosticMessage("{0}", line);
}
