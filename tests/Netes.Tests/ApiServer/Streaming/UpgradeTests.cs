using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Netes.Tests.ApiServer.Streaming;

/// <summary>
/// Goal: a connection to a node is handed through after the node agreed, and never before. Method: raw HTTP/1.1 to the
/// server, a fake node agent behind it.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class UpgradeTests(ServerFixture server)
{
    private const string Agreed = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
        + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n";

    [Fact]
    public async Task Agreed_upgrade_carries_bytes_both_ways()
    {
        await using var kubelet = new FakeKubelet(server, Agreed);
        await using var stream = await ExecAsync(kubelet);
        var head = await ReadUntilAsync(stream, "\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.Contains("X-Stream-Protocol-Version: v4.channel.k8s.io", head);
        await stream.WriteAsync("hello"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("hello", await ReadUntilAsync(stream, "hello"));
        Assert.Contains("/c?output=1&error=1&command=ls&command=-l HTTP/1.1\r\n", kubelet.Received);
        Assert.Contains(
            "X-Stream-Protocol-Version: v4.channel.k8s.io\r\nX-Stream-Protocol-Version: v3.channel.k8s.io\r\n",
            kubelet.Received);
        Assert.Contains("kube-apiserver-kubelet-client", kubelet.ClientSubject);
        Assert.DoesNotContain("Authorization", kubelet.Received);
    }

    [Theory]
    [InlineData(403, "Forbidden")]
    [InlineData(200, "Failure")]
    public async Task Refused_upgrade_is_relayed_and_carries_nothing_more(int code, string expected)
    {
        await using var kubelet = new FakeKubelet(server, $"HTTP/1.1 {code} No\r\nContent-Length: 2\r\n\r\nno");
        await using var stream = await ExecAsync(kubelet);
        var answer = await ReadUntilAsync(stream, "\"code\":");
        Assert.DoesNotContain(" 101 ", answer);
        Assert.Contains(expected, answer);
        await stream.WriteAsync("GET /runningpods/ HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken);
        await kubelet.Closed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("runningpods", kubelet.Received);
    }

    [Fact]
    public async Task Exec_without_upgrade_is_refused()
    {
        await using var kubelet = new FakeKubelet(server, Agreed);
        var space = await PodAsync(kubelet);
        var (code, json) = await server.Admin.CallAsync("POST", $"/api/v1/namespaces/{space}/pods/p/exec?command=ls");
        Assert.Equal((400, "Upgrade request required"), (code, json.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Log_is_the_agents_answer_and_its_refusal_a_status()
    {
        await using (var kubelet =
            new FakeKubelet(server, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nline1\n"))
        {
            var space = await PodAsync(kubelet);
            using var log = await server.Admin.SendAsync("GET", $"/api/v1/namespaces/{space}/pods/p/log?tailLines=5");
            Assert.Equal("line1\n", await log.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("text/plain", log.Content.Headers.ContentType?.MediaType);
            Assert.Contains($"GET /containerLogs/{space}/p/c?tailLines=5 HTTP/1.1", kubelet.Received);
        }

        await using (var kubelet =
            new FakeKubelet(server, "HTTP/1.1 400 Bad\r\nContent-Length: 3\r\nConnection: close\r\n\r\nwhy"))
        {
            var space = await PodAsync(kubelet);
            var (code, json) = await server.Admin.CallAsync("GET", $"/api/v1/namespaces/{space}/pods/p/log");
            Assert.Equal((400, "BadRequest", "why"),
                (code, json.GetProperty("reason").GetString(), json.GetProperty("message").GetString()));
        }
    }

    private async Task<string> PodAsync(FakeKubelet kubelet)
    {
        var client = server.Admin;
        var space = await server.NamespaceAsync();
        await client.OkAsync("POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"" + space + "\"}}");
        await client.OkAsync("PATCH", $"/api/v1/nodes/{space}/status",
            "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}],\"daemonEndpoints\":"
            + "{\"kubeletEndpoint\":{\"Port\":" + kubelet.Port + "}}}}", "application/merge-patch+json");
        await client.OkAsync("POST", $"/api/v1/namespaces/{space}/pods",
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"" + space
            + "\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        return space;
    }

    private async Task<SslStream> ExecAsync(FakeKubelet kubelet)
    {
        var space = await PodAsync(kubelet);
        var socket = new TcpClient();
        var endpoint = await server.Server.Listening;
        await socket.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
        var stream = new SslStream(socket.GetStream(), false, static (_, _, _, _) => true);
        var certificate = server.Pki.Admin.Load();
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificates = [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
            },
            TestContext.Current.CancellationToken);
        var head =
            $"POST /api/v1/namespaces/{space}/pods/p/exec?command=ls&command=-l&stdout=true&stderr=true HTTP/1.1\r\n"
            + "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n"
            + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\nX-Stream-Protocol-Version: v3.channel.k8s.io\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return stream;
    }

    // What comes until the text was seen or the connection has ended.
    private static async Task<string> ReadUntilAsync(SslStream stream, string text)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            if (read == 0)
            {
                break;
            }

            seen.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }
}
