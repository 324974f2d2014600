using Netes.Store.Revisions;

namespace Netes.Store.Sqlite;

/// <summary>What waits for the writer.</summary>
internal abstract class QueuedItem
{
    public abstract void Refuse(Exception cause);
}

internal sealed class QueuedWrite(WriteRequest request, CancellationToken cancel) : QueuedItem
{
    private readonly TaskCompletionSource<WriteResult> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteRequest Request => request;

    public bool IsDelete => request.Kind == StoreEventKind.Delete;

    /// <summary>Nobody waits any more, and it has not been decided: it is left out.</summary>
    public bool IsCancelled => cancel.IsCancellationRequested;

    public Task<WriteResult> Done => _done.Task;

    public void Answer(WriteResult result) => _done.TrySetResult(result);

    public void Cancel() => _done.TrySetCanceled(cancel);

    public override void Refuse(Exception cause) => _done.TrySetException(cause);
}

/// <param name="revision">Up to where; null: as far as the age of the history allows.</param>
internal sealed class QueuedCompaction(long? revision) : QueuedItem
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long? Revision => revision;

    public Task Done => _done.Task;

    public void Answer() => _done.TrySetResult();

    public override void Refuse(Exception cause)
    {
        // By age: the timer comes again, and nobody reads this one's fault.
        if (revision is not null)
        {
            _done.TrySetException(cause);
        }
    }
}
