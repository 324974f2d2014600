using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Netes.Nodes.Dns;

/// <summary>Writes responses. Source: RFC 1035 §4.1, RFC 2782, RFC 6891.</summary>
public static class DnsWriter
{
    /// <param name="question">What is answered.</param>
    /// <param name="answer">With what.</param>
    /// <param name="maxBytes">The transport's limit; a longer answer is cut and marked as truncated.</param>
    public static byte[] Write(DnsQuestion question, DnsAnswer answer, int maxBytes)
    {
        var whole = Build(question, answer.Code, answer.Answers, answer.Authority, answer.Additional, truncated: false);
        if (whole.Length <= maxBytes)
        {
            return whole;
        }

        var withoutExtras = Build(question, answer.Code, answer.Answers, answer.Authority, [], truncated: false);
        return withoutExtras.Length <= maxBytes
            ? withoutExtras
            : Build(question, answer.Code, [], [], [], truncated: true);
    }

    /// <summary>A query of our own, for a server that recurses.</summary>
    public static byte[] WriteQuery(ushort id, string name, DnsType type)
    {
        var output = new ArrayBufferWriter<byte>(64);
        UInt16(output, id);
        UInt16(output, 0x0100);
        UInt16(output, 1);
        UInt16(output, 0);
        UInt16(output, 0);
        UInt16(output, 0);
        Name(output, name);
        UInt16(output, (int)type);
        UInt16(output, 1);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] WriteCode(DnsQuestion question, DnsCode code) =>
        Build(question, code, [], [], [], truncated: false);

    private static byte[] Build(
        DnsQuestion question,
        DnsCode code,
        IReadOnlyList<DnsRecord> answers,
        IReadOnlyList<DnsRecord> authority,
        IReadOnlyList<DnsRecord> additional,
        bool truncated)
    {
        var output = new ArrayBufferWriter<byte>(512);
        // QR, AA, TC, RD copied, RA.
        var flags = 0x8400 | (truncated ? 0x0200 : 0) | (question.RecursionDesired ? 0x0100 : 0) | 0x0080 | (int)code;
        UInt16(output, question.Id);
        UInt16(output, flags);
        UInt16(output, 1);
        UInt16(output, answers.Count);
        UInt16(output, authority.Count);
        UInt16(output, additional.Count + (question.HasEdns ? 1 : 0));
        output.Write(question.WireName.Span);
        UInt16(output, (int)question.Type);
        UInt16(output, question.Class);
        foreach (var record in answers.Concat(authority).Concat(additional))
        {
            Record(output, question, record);
        }

        if (question.HasEdns)
        {
            output.Write((ReadOnlySpan<byte>)[0]);
            UInt16(output, (int)DnsType.Opt);
            UInt16(output, 4096);
            UInt32(output, 0);
            UInt16(output, 0);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Record(ArrayBufferWriter<byte> output, DnsQuestion question, DnsRecord record)
    {
        if (record.Name == question.Name)
        {
            // A pointer to the question's name: shorter, and in the client's own spelling.
            UInt16(output, 0xC000 | DnsReader.HeaderBytes);
        }
        else
        {
            Name(output, record.Name);
        }

        UInt16(output, (int)record.Type);
        UInt16(output, 1);
        UInt32(output, (uint)record.TtlSeconds);
        var data = new ArrayBufferWriter<byte>(64);
        Data(data, record);
        UInt16(output, data.WrittenCount);
        output.Write(data.WrittenSpan);
    }

    private static void Data(ArrayBufferWriter<byte> data, DnsRecord record)
    {
        switch (record)
        {
            case ARecord address:
                data.Write(address.Address.GetAddressBytes());
                break;
            case CnameRecord alias:
                Name(data, alias.Target);
                break;
            case PtrRecord pointer:
                Name(data, pointer.Target);
                break;
            case SrvRecord service:
                UInt16(data, 0);
                UInt16(data, 100);
                UInt16(data, service.Port);
                Name(data, service.Target);
                break;
            case TxtRecord text:
                data.Write((ReadOnlySpan<byte>)[(byte)text.Text.Length]);
                data.Write(Encoding.ASCII.GetBytes(text.Text));
                break;
            case SoaRecord soa:
                Soa(data, soa);
                break;
            default:
                throw new InvalidOperationException($"a record of type {record.Type} has no wire form");
        }
    }

    private static void Soa(ArrayBufferWriter<byte> data, SoaRecord soa)
    {
        Name(data, $"ns.dns.{soa.Name}");
        Name(data, $"hostmaster.{soa.Name}");
        UInt32(data, soa.Serial);
        UInt32(data, 7200);
        UInt32(data, 1800);
        UInt32(data, 86400);
        UInt32(data, (uint)soa.TtlSeconds);
    }

    private static void Name(ArrayBufferWriter<byte> output, string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = Encoding.Latin1.GetBytes(label);
            output.Write((ReadOnlySpan<byte>)[(byte)bytes.Length]);
            output.Write(bytes);
        }

        output.Write((ReadOnlySpan<byte>)[0]);
    }

    private static void UInt16(ArrayBufferWriter<byte> output, int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), (ushort)value);
        output.Advance(2);
    }

    private static void UInt32(ArrayBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }
}
