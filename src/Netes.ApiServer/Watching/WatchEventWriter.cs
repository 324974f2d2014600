using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Watching;

/// <summary>The events of one watch on the wire.</summary>
internal sealed class WatchEventWriter(ObjectWriter writer, Selection selection, SharedFrames frames)
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    /// <summary>Writes what the change is to this watch; false when it is nothing.</summary>
    public bool Write(in CacheEvent change, IBufferWriter<byte> output)
    {
        if (selection.Read(change) is not var (kind, entry))
        {
            return false;
        }

        if (!writer.IsShareable)
        {
            Write(NameOf(kind), entry, output);
            return true;
        }

        var frame = frames.Find(entry, kind, writer.Format);
        if (frame is null)
        {
            var made = new ArrayBufferWriter<byte>(1024);
            Write(NameOf(kind), entry, made);
            frame = made.WrittenSpan.ToArray();
            frames.Keep(entry, kind, writer.Format, frame);
        }

        output.Write(frame);
        return true;
    }

    public void WriteAdded(CacheEntry entry, IBufferWriter<byte> output) => Write("ADDED"u8, entry, output);

    public void WriteBookmark(long revision, bool isEndOfInitialEvents, IBufferWriter<byte> output)
    {
        var metadata = new ObjectMeta
        {
            ResourceVersion = ResourceVersions.Format(revision),
            Annotations = isEndOfInitialEvents ? ValueMap.Of((InitialEventsEnd, "true")) : default,
        };
        var value = new ArrayBufferWriter<byte>();
        writer.WriteBookmark(metadata, value);
        Send("BOOKMARK"u8, value.WrittenSpan, output);
    }

    public void WriteError(Status status, IBufferWriter<byte> output) =>
        Send("ERROR"u8, writer.Format.IsProtobuf ? ProtoCodec.Encode(status) : JsonCodec.Encode(status), output);

    private static ReadOnlySpan<byte> NameOf(ObjectEventKind kind) => kind switch
    {
        ObjectEventKind.Added => "ADDED"u8,
        ObjectEventKind.Modified => "MODIFIED"u8,
        _ => "DELETED"u8,
    };

    private void Write(ReadOnlySpan<byte> type, CacheEntry entry, IBufferWriter<byte> output)
    {
        if (writer.Format.IsProtobuf)
        {
            var value = new ArrayBufferWriter<byte>(1024);
            writer.WriteInWatch(entry, value);
            Send(type, value.WrittenSpan, output);
            return;
        }

        Begin(type, output);
        writer.WriteInWatch(entry, output);
        output.Write("}\n"u8);
    }

    // JSON: one document per line. Protobuf: four bytes of length, big-endian, then an envelope.
    private void Send(ReadOnlySpan<byte> type, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        if (writer.Format.IsProtobuf)
        {
            var frame = ProtoCodec.EncodeWatchEvent(Encoding.ASCII.GetString(type), value);
            BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), frame.Length);
            output.Advance(4);
            output.Write(frame);
            return;
        }

        Begin(type, output);
        output.Write(value);
        output.Write("}\n"u8);
    }

    private static void Begin(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        output.Write("{\"type\":\""u8);
        output.Write(type);
        output.Write("\",\"object\":"u8);
    }
}
