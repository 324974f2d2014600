using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Caching;

/// <summary>
/// One version of one object: its canonical JSON as it is stored, without resourceVersion, and its record, decoded when
/// it is first wanted and then shared. Whoever sends it splices the revision in.
/// </summary>
/// <param name="key">Where it is stored.</param>
/// <param name="json">What is stored.</param>
/// <param name="revision">What wrote it.</param>
/// <param name="written">What the bytes were made from, where that is at hand; without a resourceVersion.</param>
internal sealed class CacheEntry(
    string key, ReadOnlyMemory<byte> json, long revision, IKubernetesObject? written = null)
{
    private const int MaxMemberBytes = 48;
    private const int MaxPieceBytes = 8 << 10;

    private static readonly byte[] MetadataMember = "\"metadata\":{"u8.ToArray();
    private static readonly byte[] LineEnd = "\n"u8.ToArray();
    private static readonly byte[] UidMember = "\"uid\":\""u8.ToArray();

    private IKubernetesObject? _written = written;
    private IKubernetesObject? _record;
    private int _spliceAt = -1;
    private int _metadataAt;

    public string Key => key;

    /// <summary>What wrote this version, or deleted it; 0 for what was not stored (a dry run).</summary>
    public long Revision => revision;

    /// <summary>The stored bytes.</summary>
    public ReadOnlyMemory<byte> Json => json;

    public int SizeBytes => json.Length + (2 * key.Length) + 96;

    /// <summary>
    /// Where <c>"metadata":</c> begins: what stands before it are apiVersion and kind, which lists leave out.
    /// </summary>
    public int MetadataAt
    {
        get
        {
            Locate();
            return _metadataAt;
        }
    }

    /// <summary>The record with its resourceVersion set. Shared: never changed.</summary>
    public IKubernetesObject Record(ResourceStrategy strategy)
    {
        if (Volatile.Read(ref _record) is { } known)
        {
            return known;
        }

        var source = _written;
        var made = source is null
            ? strategy.DecodeStored(json, revision)
            : strategy.WithMetadata(source, Versioned(source.Metadata));
        made = Interlocked.CompareExchange(ref _record, made, null) ?? made;
        _written = null;
        return made;
    }

    /// <summary>
    /// The object's metadata alone, with its resourceVersion: who needs no more need not have the whole decoded and
    /// kept.
    /// </summary>
    public ObjectMeta Metadata()
    {
        if (Volatile.Read(ref _record) is { } known)
        {
            return known.Metadata;
        }

        if (_written is { } source)
        {
            return Versioned(source.Metadata);
        }

        var value = json[(MetadataAt + MetadataMember.Length - 1)..];
        var reader = new Utf8JsonReader(value.Span);
        reader.Read();
        reader.Skip();
        var decoded = JsonCodec.Decode<ObjectMeta>(value[..(int)reader.BytesConsumed], sharesSource: true);
        Invariant.Holds(decoded.Value is not null, $"stored metadata decode: {decoded.Error}");
        return Versioned(decoded.Value!);
    }

    private ObjectMeta Versioned(ObjectMeta metadata) =>
        metadata with { ResourceVersion = ResourceVersions.Format(revision) };

    /// <summary>The same object with the revision of its deletion.</summary>
    public CacheEntry DeletedAt(long deletionRevision) => new(key, json, deletionRevision, _record ?? _written);

    /// <summary>The whole object as clients get it.</summary>
    public void WriteTo(IBufferWriter<byte> output) => Write(output, 0);

    /// <summary>The object as an item of a list: without apiVersion and kind.</summary>
    public void WriteItemTo(IBufferWriter<byte> output)
    {
        Locate();
        Write(output, _metadataAt);
    }

    /// <summary>The whole object as clients get it, without copying what is stored; a line ends it.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ToLine()
    {
        if (revision == 0)
        {
            return [json, LineEnd];
        }

        Locate();
        var member = new byte[MaxMemberBytes];
        return [json[.._spliceAt], member.AsMemory(0, CopyMember(member)), json[_spliceAt..], LineEnd];
    }

    /// <summary>The object as clients get it, as a tree that is read where somebody looks.</summary>
    public JsonTree? ToTree()
    {
        var tree = JsonTree.Open(json);
        if (revision != 0 && tree is TreeMap root && root.Get("metadata") is TreeMap metadata)
        {
            metadata.Members["resourceVersion"] = new TreeText(ResourceVersions.Format(revision));
        }

        return tree;
    }

    // Every piece that goes to a connection takes its locks: a small object goes in one.
    private void Write(IBufferWriter<byte> output, int from)
    {
        Locate();
        var bytes = json.Span;
        if (bytes.Length > MaxPieceBytes)
        {
            output.Write(from > 0 ? "{"u8 : []);
            output.Write(revision == 0 ? bytes[from..] : bytes[from.._spliceAt]);
            if (revision != 0)
            {
                output.Advance(CopyMember(output.GetSpan(MaxMemberBytes)));
                output.Write(bytes[_spliceAt..]);
            }

            return;
        }

        var piece = output.GetSpan(1 + bytes.Length + MaxMemberBytes);
        var length = 0;
        if (from > 0)
        {
            piece[length++] = (byte)'{';
        }

        var head = revision == 0 ? bytes[from..] : bytes[from.._spliceAt];
        head.CopyTo(piece[length..]);
        length += head.Length;
        if (revision != 0)
        {
            length += CopyMember(piece[length..]);
            bytes[_spliceAt..].CopyTo(piece[length..]);
            length += bytes.Length - _spliceAt;
        }

        output.Advance(length);
    }

    // Returns its length.
    private int CopyMember(Span<byte> member)
    {
        var bytes = json.Span;
        var atStart = bytes[_spliceAt - 1] == (byte)'{';
        var length = 0;
        if (!atStart)
        {
            member[length++] = (byte)',';
        }

        "\"resourceVersion\":\""u8.CopyTo(member[length..]);
        length += 19;
        Utf8Formatter.TryFormat(revision, member[length..], out var digits);
        length += digits;
        member[length++] = (byte)'"';
        if (atStart && bytes[_spliceAt] != (byte)'}')
        {
            member[length++] = (byte)',';
        }

        return length;
    }

    // Go writes name, generateName, namespace, selfLink, uid, resourceVersion, …: the revision goes in after the uid.
    // A text cannot hold the bytes of a member's name, since its quotes would be escaped, so the first match is it.
    private void Locate()
    {
        if (Volatile.Read(ref _spliceAt) >= 0)
        {
            return;
        }

        var bytes = json.Span;
        var metadata = bytes.IndexOf(MetadataMember);
        Invariant.Holds(metadata > 0, "a stored object has metadata");
        var uid = bytes[metadata..].IndexOf(UidMember);
        var splice = metadata + MetadataMember.Length;
        if (uid >= 0)
        {
            var value = metadata + uid + UidMember.Length;
            splice = value + bytes[value..].IndexOf((byte)'"') + 1;
        }

        _metadataAt = metadata;
        Volatile.Write(ref _spliceAt, splice);
    }
}
