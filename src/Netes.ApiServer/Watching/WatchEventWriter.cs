using System.Buffers;
using System.Buffers.Binary;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Watching;

/// <summary>The events of one watch on the wire.</summary>
internal sealed class WatchEventWriter(ObjectWriter writer, Selection selection)
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    /// <summary>Writes what the change is to this watch; false when it is nothing.</summary>
    public bool Write(in CacheEvent change, IBufferWriter<byte> output)
    {
        if (selection.Read(change) is not var (kind, entry))
        {
            return false;
        }

        Event(NameOf(kind), entry, output);
        return true;
    }

    public void WriteAdded(CacheEntry entry, IBufferWriter<byte> output) => Event("ADDED"u8, entry, output);

    public void WriteBookmark(long revision, bool isEndOfInitialEvents, IBufferWriter<byte> output)
    {
        var metadata = new ObjectMeta
        {
            ResourceVersion = ResourceVersions.Format(revision),
            Annotations = isEndOfInitialEvents ? ValueMap.Of((InitialEventsEnd, "true")) : default,
        };
        Send("BOOKMARK"u8, target => writer.WriteBookmark(metadata, target), output);
    }

    public void WriteError(Status status, IBufferWriter<byte> output) => Send(
        "ERROR"u8,
        target =>
        {
            if (writer.Format.IsProtobuf)
            {
                target.Write(ProtoCodec.Encode(status));
            }
            else
            {
                JsonCodec.Encode(status, target);
            }
        },
        output);

    private static ReadOnlySpan<byte> NameOf(ObjectEventKind kind) => kind switch
    {
        ObjectEventKind.Added => "ADDED"u8,
        ObjectEventKind.Modified => "MODIFIED"u8,
        _ => "DELETED"u8,
    };

    private void Event(ReadOnlySpan<byte> type, CacheEntry entry, IBufferWriter<byte> output) =>
        Send(type, target => writer.WriteInWatch(entry, target), output);

    // JSON: one document per line. Protobuf: four bytes of length, big-endian, then an envelope.
    private void Send(ReadOnlySpan<byte> type, Action<IBufferWriter<byte>> write, IBufferWriter<byte> output)
    {
        if (writer.Format.IsProtobuf)
        {
            var value = new ArrayBufferWriter<byte>(1024);
            write(value);
            var frame = ProtoCodec.EncodeWatchEvent(System.Text.Encoding.ASCII.GetString(type), value.WrittenSpan);
            BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), frame.Length);
            output.Advance(4);
            output.Write(frame);
            return;
        }

        var before = "{\"type\":\""u8;
        var after = "\",\"object\":"u8;
        var head = output.GetSpan(before.Length + type.Length + after.Length);
        before.CopyTo(head);
        type.CopyTo(head[before.Length..]);
        after.CopyTo(head[(before.Length + type.Length)..]);
        output.Advance(before.Length + type.Length + after.Length);
        write(output);
        output.Write("}\n"u8);
    }
}
