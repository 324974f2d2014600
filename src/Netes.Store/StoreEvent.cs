namespace Netes.Store;

/// <summary>What happened to a key.</summary>
public enum StoreEventKind
{
    /// <summary>Created or replaced.</summary>
    Put,

    /// <summary>Deleted: the event has no value, only the previous one.</summary>
    Delete,
}

/// <summary>
/// One write. <c>PreviousValue</c> and <c>PreviousModRevision</c> are what the key held before: empty and 0 for a
/// creation. <c>CreateRevision</c> is that of the object written or deleted.
/// </summary>
public readonly record struct StoreEvent(
    long Revision,
    StoreEventKind Kind,
    string Key,
    ReadOnlyMemory<byte> Value,
    ReadOnlyMemory<byte> PreviousValue,
    long CreateRevision,
    long PreviousModRevision)
{
    /// <summary>Whether the key did not exist before.</summary>
    public bool IsCreate => Kind == StoreEventKind.Put && PreviousModRevision == 0;
}

/// <summary>
/// Events in order of revision. The reader has now seen everything up to and including <c>Revision</c>; where
/// <c>Events</c> is empty, that progress is the message.
/// </summary>
public sealed record StoreEventBatch(long Revision, ReadOnlyMemory<StoreEvent> Events);
