using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>
/// What a start leaves for later, so that it takes as long as there are objects and not as long as there is history:
/// the past is loaded and joined to the index, and after a kill the pages of the file are gone through. What is found
/// wrong there fails the store, as it would have refused to open.
/// </summary>
internal sealed class StartBehind : IAsyncDisposable
{
    private const int KeysInTurn = 1024;

    private readonly SqliteStoreOptions _options;
    private readonly RevisionIndex _index;
    private readonly SqliteWriter _writer;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _pages;

    public StartBehind(
        SqliteStoreOptions options, RevisionIndex index, SqliteWriter writer, LiveRevisions? live, bool checksPages)
    {
        (_options, _index, _writer) = (options, index, writer);
        Begin = live?.Revision ?? 0;
        History = live is null ? Task.CompletedTask : GuardedAsync(() => LoadAsync(live));
        _pages = checksPages ? GuardedAsync(CheckAsync) : Task.CompletedTask;
    }

    /// <summary>What is at this revision or above is there from the beginning.</summary>
    public long Begin { get; }

    /// <summary>Ends when all of the history is there, and may be compacted; faults when it is damaged.</summary>
    public Task History { get; }

    /// <summary>Waits for <see cref="History"/>, which is read now if it was not yet.</summary>
    public async ValueTask HistoryAsync(CancellationToken cancel)
    {
        _asked.TrySetResult();
        try
        {
            await History.WaitAsync(cancel);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new StoreUnavailableException("the store is closed", isDiskFull: false, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();

        // How they end is known already: by whoever waited, and by the writer.
        await Task.WhenAny(Task.WhenAll(History, _pages));
        _closing.Dispose();
    }

    private async Task LoadAsync(LiveRevisions live)
    {
        await Task.WhenAny(_options.HistoryAfter, _asked.Task).WaitAsync(_closing.Token);
        Past past = await SqliteStore.OnThread(
            () => RevisionLoader.LoadPast(_options, _index.Compacted, live, _closing.Token), _closing.Token);
        foreach (KeyHistory[] some in past.Histories.Chunk(KeysInTurn))
        {
            await _writer.TurnAsync(() => _index.Join(past, some), _closing.Token);
        }

        Queue<Replaced> replaced = past.Replaced();
        await _writer.TurnAsync(() => _index.JoinReplaced(replaced), _closing.Token);
    }

    private async Task CheckAsync()
    {
        // One after the other: together they would keep everybody else from the processor.
        await History;
        await SqliteStore.OnThread(
            () => SqliteFile.Check(_options, _closing.Token), _closing.Token);
    }

    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DatabaseException e) when (!_closing.IsCancellationRequested)
        {
            StoreException cause = e.ToStoreException(_options.DatabasePath);
            _writer.Fail(cause);
            throw cause;
        }
        catch (Exception e) when (!_closing.IsCancellationRequested)
        {
            _writer.Fail(e);
            throw;
        }
    }
}
