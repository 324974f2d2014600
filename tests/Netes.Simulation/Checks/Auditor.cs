using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Simulation.Checks;

/// <summary>
/// Watches pods over the API for the whole run and compares with the store: every change comes, once, in order, also
/// over the server's crashes; only a compaction may make it begin anew.
/// </summary>
internal sealed class Auditor
{
    private readonly KubernetesClient _client;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;
    private readonly Queue<(string Name, long Revision, bool IsDeletion)> _expected = new();
    private bool _watches;

    public Auditor(KubernetesClient client, Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_client, _verdict, _time) = (client, verdict, time);
        mirror.PodWritten += (name, revision, isDeletion) =>
        {
            if (_watches)
            {
                _expected.Enqueue((name, revision, isDeletion));
            }
        };
    }

    /// <summary>Events that were as expected.</summary>
    public long Seen { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var revision = "";
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (revision.Length == 0)
                {
                    _watches = true;
                    revision = (await _client.ListAsync<Pod>("", null, cancel)).ResourceVersion;
                    Forget(Number(revision));
                }

                var parameters = new WatchParameters { ResourceVersion = revision };
                await foreach (var change in _client.WatchAsync<Pod>("", parameters, cancel))
                {
                    revision = change.Object.Metadata.ResourceVersion;
                    Check(change);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException failure) when (failure.IsExpired)
            {
                revision = "";
            }
            catch (Exception failure) when (failure is ApiException or HttpRequestException or IOException
                or OperationCanceledException)
            {
                // The server crashed; the watch goes on from where it was.
                await Task.Delay(TimeSpan.FromMilliseconds(500), _time, CancellationToken.None);
            }
        }
    }

    private void Check(in WatchEvent<Pod> change)
    {
        var revision = Number(change.Object.Metadata.ResourceVersion);
        if (change.Type == WatchEventType.Bookmark)
        {
            if (_expected.TryPeek(out var skipped) && skipped.Revision <= revision)
            {
                _verdict.Break(Finding.BookmarkTooEarly, $"a bookmark says {revision}, but {skipped} was not told");
            }

            return;
        }

        Seen++;
        var isDeletion = change.Type == WatchEventType.Deleted;
        if (!_expected.TryDequeue(out var expected)
            || expected != (change.Object.Metadata.Name, revision, isDeletion))
        {
            _verdict.Break(
                Finding.WrongEvent, $"the watch told {change.Type} {change.Object.Metadata.Name} at {revision}, "
                + $"and {expected} was to come");
        }
    }

    private void Forget(long revision)
    {
        while (_expected.TryPeek(out var known) && known.Revision <= revision)
        {
            _expected.Dequeue();
        }
    }

    private static long Number(string revision) => long.Parse(revision, CultureInfo.InvariantCulture);
}
