using Netes.Api;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Watching;

/// <summary>
/// The newest events of a resource as they go out, in forms that take work to make: protobuf, metadata, another
/// version than the stored one. Whoever watches first in a form makes it, the others find it here. Bounded; any thread
/// may call.
/// </summary>
internal sealed class SharedFrames
{
    private const int Slots = 64;
    private const int LargestBytes = 64 << 10;

    private readonly Frame?[] _frames = new Frame?[Slots];

    /// <summary>Null where it was not made, or has made room for another.</summary>
    public byte[]? Find(CacheEntry entry, ObjectEventKind kind, ResponseFormat format) =>
        Volatile.Read(ref _frames[SlotOf(entry)]) is { } frame && frame.Revision == entry.Revision
        && frame.Kind == kind && frame.Format == format && frame.Key == entry.Key
            ? frame.Bytes
            : null;

    public void Keep(CacheEntry entry, ObjectEventKind kind, ResponseFormat format, byte[] bytes)
    {
        if (bytes.Length <= LargestBytes)
        {
            Volatile.Write(ref _frames[SlotOf(entry)], new(entry.Key, entry.Revision, kind, format, bytes));
        }
    }

    private static int SlotOf(CacheEntry entry) => (int)(entry.Revision % Slots);

    private sealed record Frame(
        string Key, long Revision, ObjectEventKind Kind, ResponseFormat Format, byte[] Bytes);
}
