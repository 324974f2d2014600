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

/// <summary>Something else that only the writer may do, between two batches.</summary>
internal sealed class QueuedTurn(Action work) : QueuedItem
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <summary>What is the caller's fault goes to the caller, all else to the writer, who refuses.</summary>
    public void Run()
    {
        try
        {
            work();
            _done.TrySetResult();
        }
        catch (RevisionInFutureException e)
        {
            Refuse(e);
        }
    }

    public override void Refuse(Exception cause) => _done.TrySetException(cause);
}
