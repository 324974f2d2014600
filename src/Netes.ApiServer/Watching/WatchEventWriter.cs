using System.Buffers;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Watching;

/// <summary>
/// The events of one watch: which kind of event a change is depends on whether the watch's selectors matched before and
/// match now. Source: apiserver pkg/storage/cacher/cache_watcher.go, convertToWatchEvent.
/// </summary>
internal sealed class WatchEventWriter(ObjectWriter writer, Selection selection)
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    /// <summary>Writes what the change is to this watch; false when it is nothing.</summary>
    public bool Write(in CacheEvent change, IBufferWriter<byte> output)
    {
        if (!change.Subject.Key.StartsWith(selection.Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var isNow = change.Current is { } current && selection.Matches(current);
        var wasBefore = change.Previous is { } previous && selection.Matches(previous);
        if (isNow)
        {
            Event(wasBefore ? "MODIFIED"u8 : "ADDED"u8, change.Current!, output);
        }
        else if (wasBefore)
        {
            // The last state that matched, with the revision at which it ceased to.
            var last = change.Current is null ? change.Previous! : change.Previous!.DeletedAt(change.Revision);
            Event("DELETED"u8, last, output);
        }

        return isNow || wasBefore;
    }

    public void WriteAdded(CacheEntry entry, IBufferWriter<byte> output) => Event("ADDED"u8, entry, output);

    public void WriteBookmark(long revision, bool isEndOfInitialEvents, IBufferWriter<byte> output)
    {
        Begin("BOOKMARK"u8, output);
        writer.WriteBookmark(
            new ObjectMeta
            {
                ResourceVersion = ResourceVersions.Format(revision),
                Annotations = isEndOfInitialEvents ? ValueMap.Of((InitialEventsEnd, "true")) : default,
            },
            output);
        output.Write("}\n"u8);
    }

    public static void WriteError(Status status, IBufferWriter<byte> output)
    {
        Begin("ERROR"u8, output);
        JsonCodec.Encode(status, output);
        output.Write("}\n"u8);
    }

    private void Event(ReadOnlySpan<byte> type, CacheEntry entry, IBufferWriter<byte> output)
    {
        Begin(type, output);
        writer.WriteInWatch(entry, output);
        output.Write("}\n"u8);
    }

    private static void Begin(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        output.Write("{\"type\":\""u8);
        output.Write(type);
        output.Write("\",\"object\":"u8);
    }
}
