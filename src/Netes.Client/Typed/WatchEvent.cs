namespace Netes.Client;

/// <summary>What happened to an object. Source: apimachinery pkg/watch/watch.go.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Nothing happened; the object carries only the revision that was reached.</summary>
    Bookmark,
}

/// <summary>One event of a watch; of a deleted object, its last state.</summary>
public readonly record struct WatchEvent<T>(WatchEventType Type, T Object);
