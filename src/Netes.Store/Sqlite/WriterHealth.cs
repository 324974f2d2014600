namespace Netes.Store.Sqlite;

/// <summary>What the writer can do now, and what it says to whoever it must refuse. Any thread may ask.</summary>
/// <param name="failed">Called when it fails for good.</param>
internal sealed class WriterHealth(Action failed)
{
    private StoreHealth _now = new StoreHealth.Healthy();

    public StoreHealth Now => Volatile.Read(ref _now);

    /// <summary>
    /// For good: after a failed sync the kernel may drop what it could not write, so trying again could acknowledge
    /// what is not there. Reads go on from memory.
    /// </summary>
    public void Fail(Exception cause)
    {
        Volatile.Write(ref _now, new StoreHealth.Failed($"the store failed: {cause.Message}"));
        failed();
    }

    /// <summary>Unless the checkpoints have failed meanwhile: that stays.</summary>
    public void Become(StoreHealth next)
    {
        StoreHealth now = Now;
        if (now is not StoreHealth.Failed)
        {
            Interlocked.CompareExchange(ref _now, next, now);
        }
    }

    public StoreUnavailableException Refusal() => Now switch
    {
        StoreHealth.DiskFull full => new StoreUnavailableException(full.Message, isDiskFull: true),
        StoreHealth.Failed failed => new StoreUnavailableException(failed.Message, isDiskFull: false),
        _ => new StoreUnavailableException("the store did not take the write", isDiskFull: false),
    };
}
