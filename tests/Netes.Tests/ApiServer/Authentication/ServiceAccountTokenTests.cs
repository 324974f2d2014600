using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Certificates;
using Xunit;

namespace Netes.Tests.ApiServer.Authentication;

public sealed class ServiceAccountTokenTests : IDisposable
{
    private readonly AuthenticationFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task PodsToken_showsAccountPodAndNode()
    {
        var user = await _cluster.BearerAsync(await _cluster.PodTokenAsync());
        Assert.NotNull(user);
        Assert.Equal("system:serviceaccount:default:app", user.Name);
        Assert.Equal("sa-uid", user.Uid);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"], user.Groups);
        Assert.Equal(["app-1"], user.Extra["authentication.kubernetes.io/pod-name"]);
        Assert.Equal(["pod-uid"], user.Extra["authentication.kubernetes.io/pod-uid"]);
        Assert.Equal(["n1"], user.Extra["authentication.kubernetes.io/node-name"]);
        Assert.Equal(["node-uid"], user.Extra["authentication.kubernetes.io/node-uid"]);
        Assert.StartsWith("JTI=", user.Extra["authentication.kubernetes.io/credential-id"][0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenForOthers_isRefusedHereAndGoodInAReviewForThem()
    {
        var token = await _cluster.PodTokenAsync("vault");
        Assert.Null(await _cluster.BearerAsync(token));
        var reviews = new AuthenticationReviews(_cluster.Options, _cluster.Authenticator.Tokens);
        var review = new TokenReview { Spec = new TokenReviewSpec { Token = token, Audiences = ["vault", "other"] } };
        var answer = await reviews.ReviewAsync(review, CancellationToken.None);
        Assert.True(answer.Status.Authenticated);
        Assert.Equal(["vault"], answer.Status.Audiences);
        Assert.Equal("", answer.Spec.Token);
        var here = await reviews.ReviewAsync(
            new TokenReview { Spec = new TokenReviewSpec { Token = token } }, CancellationToken.None);
        Assert.False(here.Status.Authenticated);
        Assert.Equal(
            "[invalid bearer token, token audiences [\"vault\"] is invalid for the target audiences "
            + "[\"https://kubernetes.default.svc.cluster.local\"]]",
            here.Status.Error);
    }

    [Fact]
    public async Task Token_endsWithItsTime()
    {
        var token = await _cluster.PodTokenAsync();
        _cluster.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await _cluster.BearerAsync(token));
        _cluster.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(await _cluster.BearerAsync(token));
    }

    [Fact]
    public async Task Token_endsWithItsPodAndWithItsAccount()
    {
        var token = await _cluster.PodTokenAsync();
        _cluster.Objects.Remove<Pod>("default", "app-1");
        Assert.Null(await _cluster.BearerAsync(token));
        _cluster.Objects.Add(new Pod { Metadata = AuthenticationFixture.Meta("app-1", "another-uid") });
        Assert.Null(await _cluster.BearerAsync(token));
        _cluster.Objects.Add(new Pod { Metadata = AuthenticationFixture.Meta("app-1", "pod-uid") });
        Assert.NotNull(await _cluster.BearerAsync(token));
        _cluster.Objects.Add(new ServiceAccount { Metadata = AuthenticationFixture.Meta("app", "made-anew") });
        Assert.Null(await _cluster.BearerAsync(token));
    }

    [Fact]
    public async Task MutatedTokens_areRefused()
    {
        var token = await _cluster.PodTokenAsync();
        Assert.NotNull(await _cluster.BearerAsync(token));
        foreach (var (what, mutated) in Mutations(token))
        {
            Assert.True(await _cluster.BearerAsync(mutated) is null, what);
        }
    }

    [Fact]
    public async Task WellSignedTokensWithWrongClaims_areRefused()
    {
        var now = _cluster.Time.GetUtcNow().ToUnixTimeSeconds();
        var good = new ServiceAccountClaims
        {
            Issuer = AuthenticationFixture.Issuer,
            Audiences = [AuthenticationFixture.Issuer],
            IssuedAt = now,
            NotBefore = now,
            Expires = now + 600,
            Id = "x",
            Namespace = "default",
            ServiceAccount = new BoundObject("app", "sa-uid"),
        };
        Assert.NotNull(await SignedAsync(good));
        Assert.Null(await SignedAsync(good with { Issuer = "https://elsewhere" }));
        Assert.Null(await SignedAsync(good with { Audiences = [] }));
        Assert.Null(await SignedAsync(good with { Audiences = ["https://elsewhere"] }));
        Assert.Null(await SignedAsync(good with { Expires = now - 61 }));
        Assert.Null(await SignedAsync(good with { NotBefore = now + 120 }));
        Assert.Null(await SignedAsync(good with { IssuedAt = now + 120 }));
        Assert.Null(await SignedAsync(good with { ServiceAccount = new BoundObject("app", "other") }));
        Assert.Null(await SignedAsync(good with { ServiceAccount = new BoundObject("app", "") }));
        Assert.Null(await SignedAsync(good with { ServiceAccount = new BoundObject("absent", "sa-uid") }));
        Assert.Null(await SignedAsync(good with { Namespace = "kube-system" }));
        Assert.Null(await SignedAsync(good with { Secret = new BoundObject("absent", "u") }));
        Assert.Null(await SignedAsync(good with { Node = new BoundObject("n1", "another") }));
        Assert.NotNull(await SignedAsync(good with { Node = new BoundObject("n1", "node-uid") }));
        using var others = ServiceAccountKeys.CreateTemporary();
        Assert.Null(await _cluster.BearerAsync(JsonWebToken.Sign(others, good.Write())));
    }

    [Fact]
    public async Task AnEarlierKey_stillVerifies()
    {
        var folder = Directory.CreateTempSubdirectory("netes-sa-");
        try
        {
            var (privateFile, publicFile) =
                (Path.Combine(folder.FullName, "sa.key"), Path.Combine(folder.FullName, "sa.pub"));
            using var first = ServiceAccountKeys.Ensure(privateFile, publicFile);
            var payload = "{}"u8.ToArray();
            var token = JsonWebToken.Sign(first, payload);
            File.Delete(privateFile);
            using var second = ServiceAccountKeys.Ensure(privateFile, publicFile);
            Assert.NotEqual(first.SigningKeyId, second.SigningKeyId);
            Assert.Equal(2, second.Verifying.Count);
            using var verified = JsonWebToken.Verify(second, token);
            Assert.NotNull(verified);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(599, "spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes")]
    [InlineData(4294967297, "spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger "
        + "than 2^32 seconds")]
    public async Task BadDurations_areInvalid(long seconds, string message)
    {
        var request = new TokenRequest { Spec = new TokenRequestSpec { ExpirationSeconds = seconds } };
        var failure = await Assert.ThrowsAsync<ApiException>(
            async () => await _cluster.Tokens.CreateAsync("default", "app", request, CancellationToken.None));
        Assert.True(failure.IsInvalid);
        Assert.EndsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pod", "absent", "pods \"absent\" not found")]
    [InlineData("Secret", "absent", "secrets \"absent\" not found")]
    [InlineData("Node", "absent", "nodes \"absent\" not found")]
    [InlineData("ConfigMap", "x", "cannot bind token to object of type /v1, Kind=ConfigMap")]
    [InlineData("Pod", "stranger",
        "cannot bind token for serviceaccount \"app\" to pod running with different serviceaccount name.")]
    public async Task BadBindings_areRefused(string kind, string name, string message)
    {
        _cluster.Objects.Add(new Pod
        {
            Metadata = AuthenticationFixture.Meta("stranger", "u"),
            Spec = new PodSpec { ServiceAccountName = "other" },
        });
        var failure = await Assert.ThrowsAsync<ApiException>(async () => await _cluster.Tokens.CreateAsync(
            "default", "app", AuthenticationFixture.Request(kind, name), CancellationToken.None));
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public async Task BindingToAPodOfThePast_isAConflict()
    {
        var request = new TokenRequest
        {
            Spec = new TokenRequestSpec
            {
                BoundObjectRef = new BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = "app-1",
                    Uid = "old" },
            },
        };
        var failure = await Assert.ThrowsAsync<ApiException>(
            async () => await _cluster.Tokens.CreateAsync("default", "app", request, CancellationToken.None));
        Assert.True(failure.IsConflict);
    }

    [Fact]
    public void PublishedKeys_verifyTokens()
    {
        using var keys = System.Text.Json.JsonDocument.Parse(IssuerDiscovery.WriteKeys(_cluster.Keys));
        var key = keys.RootElement.GetProperty("keys")[0];
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()),
                Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()),
            },
        });
        var token = JsonWebToken.Sign(_cluster.Keys, "{}"u8).Split('.');
        Assert.True(verifier.VerifyData(
            Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]),
                HashAlgorithmName.SHA256));
    }

    private Task<UserIdentity?> SignedAsync(ServiceAccountClaims claims) =>
        _cluster.BearerAsync(JsonWebToken.Sign(_cluster.Keys, claims.Write()));

    private IEnumerable<(string What, string Token)> Mutations(string token)
    {
        var (header, payload, signature) = token.Split('.') is [var h, var p, var s] ? (h, p, s) : default;
        var headerText = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(header));
        var payloadText = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload));
        yield return ("alg none", $"{Encode("""{"alg":"none"}""")}.{payload}.");
        yield return ("alg none with the signature", $"{Encode("""{"alg":"none"}""")}.{payload}.{signature}");
        yield return ("alg None", $"{Encode("""{"alg":"None"}""")}.{payload}.");
        yield return ("HS256 with the public key", SignWithPublicKey(payload));
        yield return (
            "alg ES384",
            $"{Encode(headerText.Replace("ES256", "ES384", StringComparison.Ordinal))}.{payload}.{signature}");
        yield return ("two algs", $"{Encode("""{"alg":"none","alg":"ES256"}""")}.{payload}.{signature}");
        yield return ("crit", $"{Encode("""{"alg":"ES256","crit":["exp"]}""")}.{payload}.{signature}");
        yield return ("unknown key", $"{Encode("""{"alg":"ES256","kid":"x"}""")}.{payload}.{signature}");
        yield return ("key name is a number", $"{Encode("""{"alg":"ES256","kid":1}""")}.{payload}.{signature}");
        yield return ("no signature", $"{header}.{payload}.");
        yield return ("two parts", $"{header}.{payload}");
        yield return ("four parts", $"{token}.{signature}");
        yield return ("five parts", $"{token}.a.b");
        yield return ("padding", $"{header}.{payload}.{signature}==");
        yield return ("white space", $"{header}.{payload}.{signature[..10]} {signature[10..]}");
        yield return ("plain base64", $"{header}.{payload}.{signature[..^1]}+");
        yield return ("longer signature", $"{header}.{payload}.{Base64Url.EncodeToString(new byte[72])}");
        yield return ("zero signature", $"{header}.{payload}.{Base64Url.EncodeToString(new byte[64])}");
        yield return ("DER signature",
            $"{header}.{payload}.{Base64Url.EncodeToString(new byte[] { 0x30, 0x06, 2, 1, 1, 2, 1, 1 })}");
        yield return ("another account",
            $"{header}.{Encode(payloadText.Replace(":app", ":admin", StringComparison.Ordinal))}.{signature}");
        var later = payloadText.Replace("\"exp\":", "\"exp\":9", StringComparison.Ordinal);
        yield return ("a later end", $"{header}.{Encode(later)}.{signature}");
        yield return ("not JSON", $"{header}.{Encode("hello")}.{signature}");
        yield return ("a list", $"{header}.{Encode("[]")}.{signature}");
        yield return ("deep", $"{header}.{Encode(new string('[', 5000))}.{signature}");
        yield return ("huge", token + new string('A', 20000));
        yield return ("empty parts", "..");
        yield return ("null", "null");
        for (var i = 0; i < signature.Length - 1; i += 7)
        {
            var other = signature[i] == 'A' ? 'B' : 'A';
            yield return ($"signature at {i}", $"{header}.{payload}.{signature[..i]}{other}{signature[(i + 1)..]}");
        }
    }

    private string SignWithPublicKey(string payload)
    {
        var text = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{payload}";
        var key = Encoding.ASCII.GetBytes(_cluster.Keys.Verifying[0].Id);
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
