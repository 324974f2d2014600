namespace Netes.Client;

/// <summary>
/// What a cache saw of one object. It serves to find the keys to reconcile, never as the truth: read the cache again.
/// </summary>
/// <param name="Key">The object.</param>
/// <param name="Old">Null: it is new to the cache.</param>
/// <param name="New">Null: it is gone.</param>
public sealed record Change<T>(ObjectKey Key, T? Old, T? New)
    where T : class
{
    /// <summary>The newest state known, also of an object that is gone.</summary>
    public T Latest => New ?? Old!;
}
