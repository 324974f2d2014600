using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Netes.EndToEnd.Rollouts;

/// <summary>
/// Asks the app without a pause in its life: from every entry, on connections that are kept and on new ones, each lane
/// once in a tenth of a second. Every request is counted, and each that fails is kept with its time and its reason.
/// Ends by itself after a quarter of an hour.
/// </summary>
internal sealed class ConstantLoad : IAsyncDisposable
{
    private const int LanesOfAKind = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _enough = new(TimeSpan.FromMinutes(15));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentQueue<Failure> _failures = new();
    private readonly ConcurrentDictionary<string, int> _versions = new();
    private readonly ConcurrentDictionary<string, int> _pods = new();
    private readonly List<(string Name, TimeSpan At, int Count)> _steps = [];
    private readonly Task _lanes;
    private int _kept, _new, _connections, _again;
    private long _slowestTicks;

    public ConstantLoad(IEnumerable<LoadEntry> entries) => _lanes = Task.WhenAll(
        from entry in entries
        from keep in (bool[])[true, false]
        from lane in Enumerable.Range(0, LanesOfAKind)
        select RunAsync(entry, keep));

    public int Count => Volatile.Read(ref _kept) + Volatile.Read(ref _new);

    public IReadOnlyCollection<Failure> Failures => _failures;

    /// <summary>Pods that have answered.</summary>
    public int Pods => _pods.Count;

    /// <summary>The versions that have answered since they were forgotten.</summary>
    public string Versions => string.Join(", ", _versions.Keys.Order(StringComparer.Ordinal));

    public void ForgetVersions() => _versions.Clear();

    /// <summary>What begins now: failures are told by it.</summary>
    public void Step(string name) => _steps.Add((name, _clock.Elapsed, Count));

    /// <summary>Waits until some more requests have been answered by the app as it is now.</summary>
    public async Task GoOnAsync(int requests = 200)
    {
        var until = Count + requests;
        await Tools.Eventually.Async("requests", () => Task.FromResult(Count), count => count >= until);
    }

    /// <summary>Ends the load: nothing is asked any more when it returns.</summary>
    public async Task EndAsync()
    {
        await _enough.CancelAsync();
        await _lanes;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _enough.Dispose();
    }

    /// <summary>The totals, and each failure: when, in which step, where, and why.</summary>
    public override string ToString()
    {
        var lines = new List<string>
        {
            $"{Count} requests in {_clock.Elapsed.TotalSeconds:F0} s: {_kept} on kept connections, {_new} on new "
                + $"ones; {_connections} connections; {_again} sent again; {_pods.Count} pods answered; slowest "
                + $"{TimeSpan.FromTicks(_slowestTicks).TotalMilliseconds:F0} ms; {_failures.Count} failed",
        };
        for (var i = 0; i < _steps.Count; i++)
        {
            var end = i + 1 < _steps.Count ? _steps[i + 1] : ("", At: _clock.Elapsed, Count);
            lines.Add($"  {_steps[i].At.TotalSeconds,6:F1} s  {end.Count - _steps[i].Count,6} requests  "
                + _steps[i].Name);
        }

        lines.AddRange(_failures.Take(50).Select(failure =>
            $"  FAILED at {failure.At.TotalSeconds:F2} s ({_steps.FindLast(step => step.At <= failure.At).Name}) "
            + $"{failure.Where}: {failure.Why}"));
        return string.Join('\n', lines);
    }

    private async Task RunAsync(LoadEntry entry, bool keep)
    {
        using var lane = new Lane(entry, keep);
        using var timer = new PeriodicTimer(Period);
        while (!_enough.IsCancellationRequested)
        {
            var begun = _clock.Elapsed;
            if (await AskAsync(lane) is { } why)
            {
                _failures.Enqueue(new(begun, $"{entry.Name}, {(keep ? "kept" : "new")} connection", why));
            }

            Interlocked.Increment(ref keep ? ref _kept : ref _new);
            Raise(_clock.Elapsed - begun);
            try
            {
                await timer.WaitForNextTickAsync(_enough.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        Interlocked.Add(ref _connections, lane.Connections);
        Interlocked.Add(ref _again, lane.SentAgain);
    }

    // A request that was begun is ended, also when the load ends: what is not known is not counted as good.
    private async Task<string?> AskAsync(Lane lane)
    {
        try
        {
            using var answer = await lane.SendAsync();
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return $"{(int)answer.StatusCode} {text}";
            }

            using var json = JsonDocument.Parse(text);
            _versions[json.RootElement.GetProperty("version").GetString()!] = 1;
            _pods[json.RootElement.GetProperty("pod").GetString()!] = 1;
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException
            or IOException)
        {
            return $"{error.Message} {error.InnerException?.Message}";
        }
    }

    private void Raise(TimeSpan took)
    {
        var seen = Volatile.Read(ref _slowestTicks);
        while (took.Ticks > seen)
        {
            seen = Interlocked.CompareExchange(ref _slowestTicks, took.Ticks, seen) is var before && before == seen
                ? took.Ticks : before;
        }
    }

    internal sealed record Failure(TimeSpan At, string Where, string Why);
}
