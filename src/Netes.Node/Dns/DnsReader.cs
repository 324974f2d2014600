using System.Buffers.Binary;
using System.Text;

namespace Netes.Nodes.Dns;

/// <summary>Reads queries. Hostile input yields false, never a throw. Source: RFC 1035 §4.1, RFC 6891.</summary>
public static class DnsReader
{
    public const int HeaderBytes = 12;
    private const int MaxNameBytes = 255;
    private const int DefaultUdpBytes = 512;

    // Of a record after its name: type, class, time to live, length.
    private const int RecordBytes = 10;

    /// <summary>True for a well-formed standard query with exactly one question.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsQuestion question)
    {
        question = null!;
        if (message.Length < HeaderBytes)
        {
            return false;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        var isQuery = (flags & 0x8000) == 0 && ((flags >> 11) & 0xF) == 0;
        if (!isQuery || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
        {
            return false;
        }

        var offset = HeaderBytes;
        if (!TryReadName(message, ref offset, out var name) || offset + 4 > message.Length)
        {
            return false;
        }

        var wireName = message[HeaderBytes..offset].ToArray();
        var type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
        var dnsClass = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 2)..]);
        var (udpSize, hasEdns) = ReadEdns(message, offset + 4);
        question = new(
            BinaryPrimitives.ReadUInt16BigEndian(message), (flags & 0x0100) != 0, name, wireName, type, dnsClass,
            udpSize,
            hasEdns);
        return true;
    }

    // The question's name stands first in the message, so there is nothing it could point back to: no compression.
    private static bool TryReadName(ReadOnlySpan<byte> message, ref int offset, out string name)
    {
        var text = new StringBuilder();
        name = "";
        var start = offset;
        while (offset < message.Length)
        {
            var length = message[offset++];
            if (length == 0)
            {
                name = text.ToString();
                return true;
            }

            if (length > 63 || offset + length > message.Length || offset + length - start > MaxNameBytes)
            {
                return false;
            }

            text.Append(text.Length == 0 ? "" : ".");
            text.Append(Encoding.Latin1.GetString(message.Slice(offset, length)).ToLowerInvariant());
            offset += length;
        }

        return false;
    }

    /// <summary>
    /// The addresses of a server's answer and the aliases on the way to them; hostile bytes yield what came before.
    /// </summary>
    public static IReadOnlyList<DnsRecord> ReadAddresses(ReadOnlySpan<byte> message)
    {
        var records = new List<DnsRecord>();
        var offset = HeaderBytes;
        if (message.Length < HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1
            || !TryReadAnyName(message, ref offset, out _))
        {
            return records;
        }

        offset += 4;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); left > 0; left--)
        {
            if (!TryReadAnyName(message, ref offset, out var name) || offset + RecordBytes > message.Length)
            {
                return records;
            }

            var type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
            var ttl = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(message[(offset + 4)..]), int.MaxValue);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 8)..]);
            offset += RecordBytes;
            if (offset + length > message.Length)
            {
                return records;
            }

            var at = offset;
            if ((type, length) is (DnsType.A, 4) or (DnsType.Aaaa, 16))
            {
                records.Add(new ARecord(name, ttl, new(message.Slice(offset, length))));
            }
            else if (type == DnsType.Cname && TryReadAnyName(message, ref at, out var target))
            {
                records.Add(new CnameRecord(name, ttl, target));
            }

            offset += length;
        }

        return records;
    }

    /// <summary>A name that may end in a pointer to an earlier one. Source: RFC 1035 §4.1.4.</summary>
    private static bool TryReadAnyName(ReadOnlySpan<byte> message, ref int offset, out string name)
    {
        var labels = new List<string>();
        var (at, jumped, bytes) = (offset, false, 0);
        name = "";
        while (at < message.Length)
        {
            int length = message[at++];
            if (length == 0)
            {
                offset = jumped ? offset : at;
                name = string.Join('.', labels);
                return true;
            }

            if (length >= 0xC0 && at < message.Length)
            {
                var target = ((length & 0x3F) << 8) | message[at++];
                offset = jumped ? offset : at;
                // Only ever backwards: a circle would have to go forward somewhere.
                if (target >= at - 2 || (bytes += 2) > MaxNameBytes)
                {
                    return false;
                }

                (at, jumped) = (target, true);
                continue;
            }

            if (length > 63 || at + length > message.Length || (bytes += length + 1) > MaxNameBytes)
            {
                return false;
            }

            labels.Add(Encoding.Latin1.GetString(message.Slice(at, length)).ToLowerInvariant());
            at += length;
        }

        return false;
    }

    /// <summary>The UDP size that the client's OPT record allows, when it is the only additional record.</summary>
    private static (int Size, bool HasEdns) ReadEdns(ReadOnlySpan<byte> message, int offset)
    {
        const int MaxUdpBytes = 4096;
        var isOpt = BinaryPrimitives.ReadUInt16BigEndian(message[10..]) > 0
            && offset + 11 <= message.Length
            && message[offset] == 0
            && BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 1)..]) == (ushort)DnsType.Opt;
        return isOpt
            ? (Math.Clamp(
                (int)BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 3)..]), DefaultUdpBytes, MaxUdpBytes), true)
            : (DefaultUdpBytes, false);
    }
}
