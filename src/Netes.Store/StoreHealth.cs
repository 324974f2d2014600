namespace Netes.Store;

/// <summary>Whether a store takes writes. Reads and watches go on in every state.</summary>
public abstract record StoreHealth
{
    private StoreHealth()
    {
    }

    /// <summary>Writes are taken.</summary>
    public sealed record Healthy : StoreHealth;

    /// <summary>No room on the disk: writes are refused until there is, and then resume by themselves.</summary>
    public sealed record DiskFull(string Message) : StoreHealth;

    /// <summary>The disk failed in a way that must not be retried: the process should end and start anew.</summary>
    public sealed record Failed(string Message) : StoreHealth;
}
