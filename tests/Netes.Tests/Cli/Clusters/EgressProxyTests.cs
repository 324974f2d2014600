using Netes.Cli.Clusters.Nodes;

namespace Netes.Tests.Cli.Clusters;

public sealed class EgressProxyTests
{
    [Theory]
    [InlineData("CONNECT registry-1.docker.io:443 HTTP/1.1\r\nHost: x\r\n\r\n", "registry-1.docker.io", 443)]
    [InlineData("CONNECT [2001:db8::1]:5000 HTTP/1.1\r\n\r\n", "2001:db8::1", 5000)]
    public void Connect_names_host_and_port(string head, string host, int port) =>
        Assert.Equal((host, port), EgressProxy.ParseConnect(head));

    [Theory]
    [InlineData("")]
    [InlineData("GET http://example/ HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT example HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT example:0 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT example:99999 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT example:443 HTTP/2\r\n\r\n")]
    public void Anything_else_is_refused(string head) => Assert.Null(EgressProxy.ParseConnect(head));
}
