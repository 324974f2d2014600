namespace Netes.Store.Revisions;

/// <summary>
/// One key and its versions, newest first. Changed by the writer only; readers walk the chain without a lock and skip
/// versions above the revision that they read at.
/// </summary>
internal sealed class KeyHistory(string key)
{
    private KeyVersion? _newest;

    public string Key => key;

    public KeyVersion? Newest => Volatile.Read(ref _newest);

    /// <summary>The version that was the newest at that revision; null when the key did not exist then.</summary>
    public KeyVersion? At(long revision)
    {
        for (KeyVersion? version = Newest; version is not null; version = version.Older)
        {
            if (version.ModRevision <= revision)
            {
                return version.IsDeleted ? null : version;
            }
        }

        return null;
    }

    public void Push(KeyVersion version) => Volatile.Write(ref _newest, version);

    /// <summary>Appends what was before the oldest version; the past ends with that one or right before it.</summary>
    public void Continue(KeyHistory past)
    {
        KeyVersion oldest = Newest!;
        while (oldest.Older is { } older)
        {
            oldest = older;
        }

        KeyVersion newest = past.Newest!;
        oldest.Older = newest.ModRevision == oldest.ModRevision ? newest.Older : newest;
    }

    /// <summary>
    /// Drops what cannot be read at <paramref name="compacted"/> or later. Returns whether anything is left.
    /// </summary>
    public bool Trim(long compacted)
    {
        KeyVersion? newer = null;
        for (KeyVersion? version = Newest; version is not null; newer = version, version = version.Older)
        {
            if (version.ModRevision > compacted)
            {
                continue;
            }

            if (!version.IsDeleted)
            {
                version.Older = null;
            }
            else if (newer is not null)
            {
                newer.Older = null;
            }
            else
            {
                return false;
            }

            break;
        }

        return true;
    }
}

/// <summary>
/// What a key held from <c>ModRevision</c> on. <c>HasValue</c> is false where the value is only on disk.
/// </summary>
internal sealed class KeyVersion(
    long modRevision, long createRevision, bool isDeleted, bool hasValue, ReadOnlyMemory<byte> value, KeyVersion? older)
{
    private KeyVersion? _older = older;

    public long ModRevision => modRevision;

    public long CreateRevision => createRevision;

    public bool IsDeleted => isDeleted;

    public bool HasValue => hasValue;

    public ReadOnlyMemory<byte> Value => value;

    public KeyVersion? Older
    {
        get => Volatile.Read(ref _older);
        set => Volatile.Write(ref _older, value);
    }

    public KeyVersion WithoutValue() => new(modRevision, createRevision, isDeleted, isDeleted, default, Older);
}
