using Netes.Nodes.Dns;

namespace Netes.Tests.Node.Dns;

public sealed class DnsReaderTests
{
    private static readonly byte[] Query =
    [
        0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0, 3, (byte)'W', (byte)'e', (byte)'b', 1, (byte)'x', 0, 0, 1, 0, 1,
    ];

    [Fact]
    public void Query_is_read_in_lower_case_and_answered_in_the_clients_spelling()
    {
        Assert.True(DnsReader.TryRead(Query, out var question));
        Assert.Equal(("web.x", DnsType.A, 512), (question.Name, question.Type, question.UdpSize));

        var response = DnsWriter.Write(
            question,
            new(DnsCode.NoError, [new ARecord("web.x", 5, System.Net.IPAddress.Parse("10.0.0.1"))], [], []),
            512);
        Assert.Equal(Query[12..19], response[12..19]);
        Assert.Equal([10, 0, 0, 1], response[^4..]);
    }

    [Fact]
    public void Long_answer_is_truncated_to_the_transports_limit()
    {
        Assert.True(DnsReader.TryRead(Query, out var question));
        var records = Enumerable.Range(0, 100)
            .Select(i => new ARecord("web.x", 5, new System.Net.IPAddress([10, 0, 0, (byte)i])))
            .ToList();

        var response = DnsWriter.Write(question, new(DnsCode.NoError, records, [], []), 512);

        Assert.True(response.Length <= 512);
        Assert.Equal(0x02, response[2] & 0x02);
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Query.ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = DnsReader.TryRead(bytes.AsSpan(0, random.Next(bytes.Length + 1)), out _);
        }
    }
}
