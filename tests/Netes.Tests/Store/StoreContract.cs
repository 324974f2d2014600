using System.Text;
using Microsoft.Extensions.Time.Testing;
using Netes.Store;

namespace Netes.Tests.Store;

/// <summary>What every store promises. Run by one class for each implementation.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private IStore? _store;

    protected FakeTimeProvider Time { get; } = new();

    protected IStore Store => _store!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>History: five minutes, at least 4 revisions.</summary>
    protected static HistoryOptions History { get; } = new() { Revisions = 4 };

    protected abstract ValueTask<IStore> OpenAsync(HistoryOptions history);

    public async ValueTask InitializeAsync() => _store = await OpenAsync(History);

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected async Task<long> Put(string key, string value, long? expected = null) =>
        Assert.IsType<WriteResult.Written>(await Store.PutAsync(key, Bytes(value), expected, Cancel)).Revision;

    protected async Task<long> Delete(string key, long? expected = null) =>
        Assert.IsType<WriteResult.Written>(await Store.DeleteAsync(key, expected, Cancel)).Revision;

    /// <summary>A page as text: <c>key=value@revision</c>.</summary>
    protected async Task<string> List(string prefix, long revision = 0, string? after = null, int limit = 0)
    {
        StorePage page = await Store.ListAsync(prefix, revision, after, limit, Cancel);
        IEnumerable<string> entries = page.Entries.Select(e => $"{e.Key}={Text(e.Value)}@{e.ModRevision}");
        return string.Join(' ', entries) + (page.HasMore ? $" +{page.Remaining}" : "");
    }

    /// <summary>The next events of a watch, as text, until there are as many as asked for.</summary>
    protected async Task<List<string>> Watch(string prefix, long after, int count)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        List<string> seen = [];
        try
        {
            await foreach (StoreEventBatch batch in Store.WatchAsync(prefix, after, timeout.Token))
            {
                foreach (StoreEvent e in batch.Events.ToArray())
                {
                    seen.Add(Show(e));
                }

                if (seen.Count >= count)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            Assert.Fail($"watch of {prefix} after {after}: expected {count} events, got: {string.Join("; ", seen)}");
        }

        return seen;
    }

    private static string Show(StoreEvent e) =>
        $"{e.Revision} {e.Kind} {e.Key}={Text(e.Value)} was {Text(e.PreviousValue)}@{e.PreviousModRevision}"
        + $" created {e.CreateRevision}";
}
