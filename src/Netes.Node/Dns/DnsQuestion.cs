namespace Netes.Nodes.Dns;

/// <summary>Record types that are answered or known. Source: RFC 1035, 2782, 3596.</summary>
public enum DnsType : ushort
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Opt = 41,
    Any = 255,
}

/// <summary>Response codes. Source: RFC 1035 §4.1.1.</summary>
public enum DnsCode : byte
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
}

/// <summary>
/// What a client asks. <paramref name="Name"/> is in lower case without the last dot; <paramref name="WireName"/> is as
/// the client spelled it, because some resolvers check that the answer repeats their mixed case.
/// </summary>
public sealed record DnsQuestion(
    ushort Id, bool RecursionDesired, string Name, ReadOnlyMemory<byte> WireName, DnsType Type, ushort Class,
    int UdpSize,
    bool HasEdns);
