using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Certificates;
using Xunit;

namespace Netes.Tests.ApiServer.Authentication;

public sealed class RequestAuthenticatorTests : IDisposable
{
    private readonly AuthenticationFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task ClientCertificate_showsUserAndGroups()
    {
        var user = await CertificateAsync(_cluster.Authority, Client("alice", "dev", "ops"));
        Assert.NotNull(user);
        Assert.Equal("alice", user.Name);
        Assert.Equal(["dev", "ops", "system:authenticated"], user.Groups);
        Assert.StartsWith(
            "X509SHA256=", user.Extra["authentication.kubernetes.io/credential-id"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CertificateOfAnotherAuthority_isRefused()
    {
        using var other = CertificateAuthority.Load(
            CertificateAuthority.Create("kubernetes", TimeSpan.FromDays(10), _cluster.Time), _cluster.Time);
        Assert.Null(await CertificateAsync(other, Client("alice", "system:masters")));
    }

    [Fact]
    public async Task CertificateForServersOnly_isRefused() =>
        Assert.Null(await CertificateAsync(
            _cluster.Authority, Client("alice") with { ForClient = false, ForServer = true }));

    [Fact]
    public async Task CertificateWithoutPurpose_isRefused() =>
        Assert.Null(await CertificateAsync(_cluster.Authority, Client("alice") with { ForClient = false }));

    [Fact]
    public async Task AuthorityItself_isNoUser()
    {
        Assert.Null(await _cluster.AuthenticateAsync(
            new AuthenticationRequest { ClientCertificate = _cluster.Authority.Certificate, Path = "/api" }));
    }

    [Fact]
    public async Task SelfSignedCertificate_isRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=system:masters, CN=admin", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension(new OidCollection { new Oid("1.3.6.1.5.5.7.3.2") }, false));
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Assert.Null(await _cluster.AuthenticateAsync(
            new AuthenticationRequest { ClientCertificate = certificate, Path = "/api" }));
    }

    [Fact]
    public async Task Certificate_endsWithItsTimeAlsoWhenItIsKnown()
    {
        using var certificate = _cluster.Authority.Issue(Client("alice"), TimeSpan.FromHours(1)).Load();
        var request = new AuthenticationRequest { ClientCertificate = certificate, Path = "/api" };
        Assert.NotNull(await _cluster.AuthenticateAsync(request));
        _cluster.Time.Advance(TimeSpan.FromHours(2));
        Assert.Null(await _cluster.AuthenticateAsync(request));
    }

    [Theory]
    [InlineData("/healthz", true)]
    [InlineData("/livez", true)]
    [InlineData("/livez/ping", true)]
    [InlineData("/readyz", true)]
    [InlineData("/version", true)]
    [InlineData("/cacerts", true)]
    [InlineData("/livez/../api", false)]
    [InlineData("/livezz", false)]
    [InlineData("/", false)]
    [InlineData("/api", false)]
    [InlineData("/apis/apps/v1/deployments", false)]
    [InlineData("/metrics", false)]
    [InlineData("/openapi/v2", false)]
    [InlineData("", false)]
    public async Task Anonymous_reachesHealthAndVersionOnly(string path, bool reaches)
    {
        var user = await _cluster.AuthenticateAsync(new AuthenticationRequest { Path = path });
        Assert.Equal(reaches ? UserIdentity.Anonymous : null, user);
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    public async Task BadCredential_isRefusedOnHealthToo(string authorization) =>
        Assert.Null(await _cluster.AuthenticateAsync(
            new AuthenticationRequest { Authorization = authorization, Path = "/healthz" }));

    [Fact]
    public async Task StaticToken_showsItsUser()
    {
        Assert.Equal("ops", (await _cluster.BearerAsync("static-secret"))?.Name);
        Assert.Null(await _cluster.BearerAsync("static-secreT"));
        Assert.Null(await _cluster.BearerAsync("static-secret2"));
        Assert.DoesNotContain("static-secret", _cluster.Options.StaticTokens[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenInAWebSocketProtocol_counts()
    {
        var encoded = System.Buffers.Text.Base64Url.EncodeToString("static-secret"u8);
        var user = await _cluster.AuthenticateAsync(new AuthenticationRequest
        {
            Path = "/api",
            WebSocketProtocols = ["v5.channel.k8s.io", $"base64url.bearer.authorization.k8s.io.{encoded}"],
        });
        Assert.Equal("ops", user?.Name);
    }

    [Fact]
    public void TokenFile_isReadAndItsErrorsNameNoToken()
    {
        var tokens = StaticTokenFile.Parse("# comment\n\nt1,alice,1,\"dev,ops\"\nt2,bob,2\n");
        Assert.Equal(2, tokens.Count);
        Assert.Equal(["dev", "ops"], tokens[0].User.Groups);
        var failure = Assert.Throws<InvalidDataException>(() => StaticTokenFile.Parse("secret-token-text"));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abcdef.0123456789abcdef", true)]
    [InlineData("abcdef.0123456789abcdeg", false)]
    [InlineData("abcdee.0123456789abcdef", false)]
    [InlineData("ABCDEF.0123456789abcdef", false)]
    public async Task BootstrapToken_showsItsGroups(string token, bool good)
    {
        AddBootstrapToken();
        var user = await _cluster.BearerAsync(token);
        Assert.Equal(good, user is not null);
        if (user is not null)
        {
            Assert.Equal("system:bootstrap:abcdef", user.Name);
            Assert.Equal(["system:bootstrappers", "system:bootstrappers:workers", "system:authenticated"], user.Groups);
        }
    }

    [Theory]
    [InlineData("expiration", "2001-01-01T00:00:00Z")]
    [InlineData("expiration", "soon")]
    [InlineData("usage-bootstrap-authentication", "false")]
    [InlineData("usage-bootstrap-authentication", "")]
    [InlineData("auth-extra-groups", "system:masters")]
    [InlineData("auth-extra-groups", "system:bootstrappers:a,system:masters")]
    [InlineData("token-id", "other1")]
    [InlineData("token-secret", "")]
    public async Task BadBootstrapSecret_isRefused(string key, string value)
    {
        AddBootstrapToken((key, value));
        Assert.Null(await _cluster.BearerAsync("abcdef.0123456789abcdef"));
    }

    [Fact]
    public async Task BootstrapSecretOfAnotherTypeOrPlace_isRefused()
    {
        AddBootstrapToken();
        var secret = _cluster.Objects.Get<Secret>("kube-system", "bootstrap-token-abcdef")!;
        _cluster.Objects.Remove<Secret>("kube-system", "bootstrap-token-abcdef");
        _cluster.Objects.Add(secret with { Metadata = secret.Metadata with { Namespace = "default" } });
        Assert.Null(await _cluster.BearerAsync("abcdef.0123456789abcdef"));
        _cluster.Objects.Add(secret with { Type = "Opaque" });
        Assert.Null(await _cluster.BearerAsync("abcdef.0123456789abcdef"));
    }

    [Fact]
    public async Task InProcessUser_isTakenAsHeIs()
    {
        var user = await _cluster.AuthenticateAsync(new AuthenticationRequest
        {
            InProcess = new UserIdentity { Name = "system:kube-scheduler" },
        });
        Assert.Equal(["system:authenticated"], user!.Groups);
    }

    private void AddBootstrapToken(params (string Key, string Value)[] changes)
    {
        var data = ValueMap.Of(
            ("token-id", "abcdef"), ("token-secret", "0123456789abcdef"), ("usage-bootstrap-authentication", "true"),
            ("auth-extra-groups", "system:bootstrappers:workers"));
        foreach (var (key, value) in changes)
        {
            data = data.Set(key, value);
        }

        _cluster.Objects.Add(new Secret
        {
            Metadata = new ObjectMeta { Name = "bootstrap-token-abcdef", Namespace = "kube-system" },
            Type = SecretType.BootstrapKubernetesIoToken,
            Data = data.Select(static pair => KeyValuePair.Create(pair.Key, ByteString.FromUtf8(pair.Value)))
                .ToValueMap(),
        });
    }

    private async Task<UserIdentity?> CertificateAsync(CertificateAuthority authority, CertificateSubject subject)
    {
        using var certificate = authority.Issue(subject, TimeSpan.FromHours(1)).Load();
        return await _cluster.AuthenticateAsync(
            new AuthenticationRequest { ClientCertificate = certificate, Path = "/api" });
    }

    private static CertificateSubject Client(string name, params ValueList<string> groups) =>
        new() { CommonName = name, Organizations = groups, ForClient = true };
}
