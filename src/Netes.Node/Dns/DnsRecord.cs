namespace Netes.Nodes.Dns;

/// <summary>A record of an answer; names are in lower case without the last dot.</summary>
public abstract record DnsRecord(string Name, DnsType Type, int TtlSeconds);

public sealed record ARecord(string Name, int TtlSeconds, System.Net.IPAddress Address)
    : DnsRecord(Name, Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa,
        TtlSeconds);

public sealed record CnameRecord(string Name, int TtlSeconds, string Target)
    : DnsRecord(Name, DnsType.Cname, TtlSeconds);

public sealed record PtrRecord(string Name, int TtlSeconds, string Target) : DnsRecord(Name, DnsType.Ptr, TtlSeconds);

public sealed record SrvRecord(string Name, int TtlSeconds, int Port, string Target)
    : DnsRecord(Name, DnsType.Srv, TtlSeconds);

public sealed record TxtRecord(string Name, int TtlSeconds, string Text) : DnsRecord(Name, DnsType.Txt, TtlSeconds);

public sealed record SoaRecord(string Name, int TtlSeconds, uint Serial) : DnsRecord(Name, DnsType.Soa, TtlSeconds);

/// <summary>An answer of our own zones.</summary>
public sealed record DnsAnswer(
    DnsCode Code, IReadOnlyList<DnsRecord> Answers, IReadOnlyList<DnsRecord> Authority,
    IReadOnlyList<DnsRecord> Additional);
