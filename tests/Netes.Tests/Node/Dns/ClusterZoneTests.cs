using Netes.Api;
using Netes.Nodes.Dns;
using static Netes.Tests.Node.Proxy.ClusterObjects;

namespace Netes.Tests.Node.Dns;

/// <summary>One name and type in, the answer as text out; null: the zone is not ours.</summary>
public sealed class ClusterZoneTests
{
    private static readonly ClusterZone Zone = new(
        "cluster.local",
        7,
        [
            Service("web", "10.96.0.20"),
            Service("db", "None"),
            Service("none-ready", "None"),
            Alias("far", "example.org"),
            Alias("near", "web.default.svc.cluster.local"),
            Alias("circle", "circle.default.svc.cluster.local"),
        ],
        [
            Slice("db", Endpoint("10.244.0.5") with { Hostname = "db-0" }, Endpoint("10.244.1.5")),
            Slice("none-ready", Endpoint("10.244.0.9", ready: false)),
        ]);

    [Theory]
    [InlineData("web.default.svc.cluster.local", DnsType.A, "A 10.96.0.20")]
    [InlineData("web.default.svc.cluster.local", DnsType.Aaaa, "NoError")]
    [InlineData("_http._tcp.web.default.svc.cluster.local", DnsType.Srv, "SRV 80 web.default.svc.cluster.local")]
    [InlineData("_https._tcp.web.default.svc.cluster.local", DnsType.Srv, "NameError")]
    [InlineData("db.default.svc.cluster.local", DnsType.A, "A 10.244.0.5, A 10.244.1.5")]
    [InlineData("db-0.db.default.svc.cluster.local", DnsType.A, "A 10.244.0.5")]
    [InlineData("10-244-1-5.db.default.svc.cluster.local", DnsType.A, "A 10.244.1.5")]
    [InlineData("none-ready.default.svc.cluster.local", DnsType.A, "NameError")]
    [InlineData("far.default.svc.cluster.local", DnsType.A, "CNAME example.org")]
    [InlineData("near.default.svc.cluster.local", DnsType.A, "CNAME web.default.svc.cluster.local, A 10.96.0.20")]
    [InlineData("near.default.svc.cluster.local", DnsType.Cname, "CNAME web.default.svc.cluster.local")]
    [InlineData("nope.default.svc.cluster.local", DnsType.A, "NameError")]
    [InlineData("default.svc.cluster.local", DnsType.A, "NoError")]
    [InlineData("nope.svc.cluster.local", DnsType.A, "NameError")]
    [InlineData("10-244-0-5.default.pod.cluster.local", DnsType.A, "A 10.244.0.5")]
    [InlineData("20.0.96.10.in-addr.arpa", DnsType.Ptr, "PTR web.default.svc.cluster.local")]
    [InlineData("5.0.244.10.in-addr.arpa", DnsType.Ptr, "PTR db-0.db.default.svc.cluster.local")]
    [InlineData("dns-version.cluster.local", DnsType.Txt, "TXT 1.1.0")]
    [InlineData("example.org", DnsType.A, null)]
    [InlineData("1.1.1.1.in-addr.arpa", DnsType.Ptr, null)]
    public void Name_gives_answer(string name, DnsType type, string? expected) =>
        Assert.Equal(expected, Zone.Answer(name, type) is { } answer ? Text(answer) : null);

    [Fact]
    public void Alias_of_itself_ends() =>
        Assert.Equal(9, Zone.Answer("circle.default.svc.cluster.local", DnsType.A)!.Answers.Count);

    private static Netes.Api.Core.Service Alias(string name, string target) =>
        Service(name, "", type: "ExternalName") with
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Type = "ExternalName", ExternalName = target },
    };

    private static string Text(DnsAnswer answer) => answer.Answers.Count == 0
        ? answer.Code.ToString()
        : string.Join(", ", answer.Answers.Select(record => record switch
        {
            ARecord a => $"A {a.Address}",
            CnameRecord c => $"CNAME {c.Target}",
            PtrRecord p => $"PTR {p.Target}",
            SrvRecord s => $"SRV {s.Port} {s.Target}",
            TxtRecord t => $"TXT {t.Text}",
            _ => record.Type.ToString(),
        }));
}
