using System.Text;
using Netes.Client;

namespace Netes.Tests.Client.Configuration;

public sealed class KubeconfigTests
{
    private const string Text = """
        apiVersion: v1
        kind: Config
        current-context: netes-demo
        clusters:
        - name: netes-demo
          cluster:
            server: https://127.0.0.1:6443
            tls-server-name: kubernetes
            insecure-skip-tls-verify: true
        - name: other
          cluster: {server: "https://10.0.0.1"}
        users:
        - name: admin
          user:
            token: secret
        - name: pod
          user:
            tokenFile: token
        contexts:
        - name: netes-demo
          context: {cluster: netes-demo, user: admin, namespace: web}
        - name: other
          context: {cluster: other, user: pod}
        """;

    [Fact]
    public void CurrentContext_LeadsToItsClusterAsItsUser()
    {
        var config = Kubeconfig.Parse(Encoding.UTF8.GetBytes(Text), "/etc");
        var options = config.ToTransport();
        Assert.Equal(new Uri("https://127.0.0.1:6443"), options.Server);
        Assert.Equal("kubernetes", options.TlsServerName);
        Assert.True(options.InsecureSkipTlsVerify);
        Assert.Equal("secret", options.BearerToken);
        Assert.Equal("web", config.Contexts["netes-demo"].Namespace);
    }

    [Fact]
    public void OtherContext_HasItsTokenFileBesideTheConfig()
    {
        var options = Kubeconfig.Parse(Encoding.UTF8.GetBytes(Text), "/etc").ToTransport("other");
        Assert.Equal("/etc/token", options.BearerTokenFile);
        Assert.False(options.InsecureSkipTlsVerify);
    }

    [Theory]
    [InlineData("a: [1")]
    [InlineData("current-context: nowhere")]
    public void NoSuchThing_IsSaid(string text) => Assert.Throws<InvalidDataException>(
        () => Kubeconfig.Parse(Encoding.UTF8.GetBytes(text), "/").ToTransport());
}
