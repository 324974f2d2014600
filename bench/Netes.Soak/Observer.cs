using Netes.Bench.Load;

namespace Netes.Soak;

/// <summary>
/// A watch that resumes where it was cut: each event once, in order, none missing of what was acknowledged.
/// </summary>
internal sealed class Observer
{
    private readonly HashSet<long> _seen = [];
    private long _last;

    public long Last => Interlocked.Read(ref _last);

    /// <summary>Reads until the server is gone or cancelled.</summary>
    public async Task RunAsync(ApiLoad load, int worker, CancellationToken cancel)
    {
        if (_last == 0)
        {
            _last = Writers.RevisionOf(await load.ReadAsync($"{Objects.ConfigMaps}?limit=1", cancel));
        }

        string path = $"{Objects.ConfigMaps}?watch=1&resourceVersion={_last}";
        try
        {
            await await Watches.LinesAsync(load, path, OnLine, cancel, worker);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException
            or InvalidOperationException)
        {
            // The server went away, which is the point.
            return;
        }
    }

    /// <summary>Every acknowledged revision since the first was told.</summary>
    public void Compare(Ledger ledger, long since)
    {
        foreach (long revision in ledger.Revisions.Where(revision => revision > since))
        {
            Ledger.Invariant(_seen.Contains(revision), $"a watch was never told revision {revision}");
        }
    }

    private bool OnLine(ReadOnlyMemory<byte> line)
    {
        bool isError = line.Span.IndexOf("\"type\":\"ERROR\""u8) >= 0;
        Ledger.Invariant(!isError, $"a watch was ended: {System.Text.Encoding.UTF8.GetString(line.Span)}");
        long revision = Writers.RevisionOf(line.Span);
        Ledger.Invariant(revision > _last, $"a watch was told revision {revision} after {_last}");
        _seen.Add(revision);
        Interlocked.Exchange(ref _last, revision);
        return false;
    }
}
