namespace Netes.Client;

/// <summary>An informer whatever its kind, so that a set can run them.</summary>
public interface IInformer
{
    /// <summary>True once the cache held everything that was there at the start.</summary>
    bool HasSynced { get; }

    /// <summary>Ends when <see cref="HasSynced"/> becomes true.</summary>
    Task WaitForSyncAsync(CancellationToken cancel);

    /// <summary>Lists and watches until cancelled; failures are retried with backoff. Runs once.</summary>
    Task RunAsync(CancellationToken cancel);
}
