using Netes.Soak;
using Netes.Soak.Cases;

// The cases of reliability: each either holds, and says in figures what it saw, or names what was broken.
(string Name, string Expected, Func<SoakOptions, CancellationToken, Task<string>> RunAsync)[] cases =
[
    ("kill", "200 × kill -9 under 64 writers: 0 lost, 0 revisions back, ready again p99 < 1 s", Crashes.KillAsync),
    ("power", "50 power cuts: 0 lost, 0 revisions back", Crashes.PowerAsync),
    ("sync-error", "A5: a failed sync: no 2xx after it, no second try, reads go on, not ready, whole after a restart",
        SyncErrors.RunAsync),
    ("disk-full", "A6: a full disk: writes 5xx with a reason, reads and deletes go on, writes back within 5 s",
        FullDisks.RunAsync),
    ("counter", "B1: 64 clients count by compare-and-swap through pauses: the count is the number of 200s",
        Counters.RunAsync),
    ("offsets", "B4: watches from each revision about the newest: all that follows, nothing older", Offsets.RunAsync),
];

SoakOptions options = SoakOptions.Parse(args);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
int broken = 0;
foreach ((string name, string expected, var runAsync) in cases)
{
    if (options.Filters.Count > 0 && !options.Filters.Any(filter => name.Contains(filter, StringComparison.Ordinal)))
    {
        continue;
    }

    Console.WriteLine($"{name}: {expected}");
    using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token);
    limit.CancelAfter(TimeSpan.FromMinutes(30));
    try
    {
        Console.WriteLine($"  held. {await runAsync(options, limit.Token)}");
    }
    catch (ViolationException violation)
    {
        Console.WriteLine($"  BROKEN: {violation.Message}");
        broken++;
    }
    catch (Exception e) when (!interrupted.IsCancellationRequested)
    {
        Console.WriteLine($"  FAILED: {e}");
        broken++;
    }
}

return broken == 0 ? 0 : 1;
