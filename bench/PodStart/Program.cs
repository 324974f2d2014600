using System.Diagnostics;
using System.Globalization;
using Netes.PodStart;

// Both ways in turn, in one run, on one containerd: what other work on the machine slows, it slows for both.
var rounds = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 20;
const int WarmUp = 4;
await using var machine = await Netes.NodeTests.Machines.PrivateContainerd.StartAsync();
await machine.ImportAsync(Netes.NodeTests.Machines.TestImages.BusyboxArchive());
await using var cluster = await SmallCluster.StartAsync(machine);
List<double> alone = [], whole = [];
for (var round = 0; round < rounds + WarmUp; round++)
{
    var start = Stopwatch.GetTimestamp();
    var remove = await RuntimeAlone.StartPodAsync(machine, round);
    alone.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    await remove();

    start = Stopwatch.GetTimestamp();
    await cluster.StartPodAsync($"pod-{round}");
    whole.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    await cluster.RemovePodAsync($"pod-{round}");
}

var (a, w) = (Median(alone), Median(whole));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"pod POST to Ready p50 {w:F0} ms; containerd alone {a:F0} ms; ratio {w / a:F2} (bar 1.5); {rounds} rounds"));
cluster.PrintSteps();
return w / a <= 1.5 ? 0 : 1;

static double Median(List<double> values)
{
    var sorted = values.Skip(WarmUp).Order().ToList();
    return sorted[sorted.Count / 2];
}
