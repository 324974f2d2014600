using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.BootstrapTokens;

public sealed class ClusterInfoSignaturesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConfigMap Info = new() { Data = ValueMap.Of(("kubeconfig", "content")) };

    [Fact]
    public void Signature_isKubernetesOwn() => Assert.Equal(
        "eyJhbGciOiJIUzI1NiIsImtpZCI6Impvc2h1YSJ9..VShe2taLd-YTrmWuRkcL_8QTNDHYxQIEBsAYYiIj1_8",
        ClusterInfoSignatures.Signature(
            "Hello from the other side. I must have called a thousand times.", "joshua", "my voice is my passcode"));

    [Fact]
    public void EachTokenThatMaySign_signs()
    {
        var signed = ClusterInfoSignatures.Sign(Info, [Token("abcdef"), Token("ghijkl")], Now);
        Assert.Equal(
            ["jws-kubeconfig-abcdef", "jws-kubeconfig-ghijkl", "kubeconfig"],
            signed.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(signed, ClusterInfoSignatures.Sign(signed, [Token("ghijkl"), Token("abcdef")], Now));
        Assert.Equal(Info, ClusterInfoSignatures.Sign(signed, [], Now));
    }

    [Theory]
    [InlineData("usage-bootstrap-signing", "false")]
    [InlineData("usage-bootstrap-signing", "")]
    [InlineData("token-id", "ghijkl")]
    [InlineData("token-id", "")]
    [InlineData("token-secret", "")]
    [InlineData("expiration", "2026-06-15T12:00:00Z")]
    [InlineData("expiration", "soon")]
    public void TokenThatMayNot_doesNot(string key, string value)
    {
        var token = Token("abcdef");
        token = token with { Data = token.Data.Set(key, ByteString.FromUtf8(value)) };
        Assert.Equal(Info, ClusterInfoSignatures.Sign(Info, [token], Now));
    }

    [Fact]
    public void MapWithoutContent_isLeftAlone()
    {
        var map = new ConfigMap { Data = ValueMap.Of(("jws-kubeconfig-abcdef", "x")) };
        Assert.Same(map, ClusterInfoSignatures.Sign(map, [Token("abcdef")], Now));
    }

    internal static Secret Token(string id) => new()
    {
        Metadata = new() { Namespace = "kube-system", Name = $"bootstrap-token-{id}" },
        Type = SecretType.BootstrapKubernetesIoToken,
        Data = ValueMap.Of(
            ("token-id", ByteString.FromUtf8(id)),
            ("token-secret", ByteString.FromUtf8("0123456789abcdef")),
            ("expiration", ByteString.FromUtf8("2126-06-15T12:00:01Z")),
            ("usage-bootstrap-signing", ByteString.FromUtf8("true"))),
    };
}
