using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Certificates;

namespace Netes.Tests.ApiServer.Authentication;

public sealed class LegacyTokenTests : IDisposable
{
    private readonly AuthenticationFixture _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task SecretsToken_showsItsAccount_andMarksTheDayOfItsUse()
    {
        var token = Store();
        var user = await _cluster.BearerAsync(token);
        Assert.NotNull(user);
        Assert.Equal("system:serviceaccount:default:app", user.Name);
        Assert.Equal("sa-uid", user.Uid);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"], user.Groups);
        Assert.Empty(user.Extra);
        Assert.Equal(Day(), LastUsed());
        var writes = _cluster.Objects.Revision;
        await _cluster.BearerAsync(token);
        Assert.Equal(writes, _cluster.Objects.Revision);
        _cluster.Time.Advance(TimeSpan.FromDays(1));
        Assert.NotEqual(Day(), LastUsed());
        await _cluster.BearerAsync(token);
        Assert.Equal(Day(), LastUsed());
    }

    [Fact]
    public async Task Token_endsWithItsSecretAndWithItsAccount()
    {
        var token = Store();
        _cluster.Objects.Remove<Secret>("default", "old");
        Assert.Equal("[invalid bearer token, service account token has been invalidated]", await WhyAsync(token));
        var other = Store();
        Assert.Equal(
            "[invalid bearer token, service account token does not match server's copy]", await WhyAsync(token));
        Assert.NotNull(await _cluster.BearerAsync(other));
        _cluster.Objects.Add(new ServiceAccount { Metadata = AuthenticationFixture.Meta("app", "made-anew") });
        Assert.Equal(
            "[invalid bearer token, ServiceAccount UID (made-anew) does not match claim (sa-uid)]",
            await WhyAsync(other));
        _cluster.Objects.Remove<ServiceAccount>("default", "app");
        Assert.Equal("[invalid bearer token, serviceaccounts \"app\" not found]", await WhyAsync(other));
    }

    [Fact]
    public async Task TokenOfAnotherKey_isRefused()
    {
        using var keys = ServiceAccountKeys.CreateTemporary();
        Assert.Null(await _cluster.BearerAsync(Store(keys)));
    }

    [Fact]
    public async Task TokenOfASecretThatItsAccountNames_isAdvisedAgainst()
    {
        var token = Store();
        Assert.Empty((await AuthenticateAsync(token)).Warnings);
        _cluster.Objects.Add(new ServiceAccount
        {
            Metadata = AuthenticationFixture.Meta("app", "sa-uid"),
            Secrets = [new ObjectReference { Name = "old" }],
        });
        Assert.Equal(
            ["Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated "
                + "secret-based tokens."],
            (await AuthenticateAsync(token)).Warnings);
        Assert.Equal(2, Count("serviceaccount_legacy_tokens_total"));
        Assert.Equal(1, Count("serviceaccount_legacy_manual_token_uses_total"));
        Assert.Equal(1, Count("serviceaccount_legacy_auto_token_uses_total"));
    }

    [Fact]
    public async Task TokenMarkedInvalid_isRefusedAndItsUseIsMarked()
    {
        var token = Store(labels: ValueMap.Of((LegacyTokens.InvalidSinceLabel, "2025-01-01")));
        Assert.Equal(
            "[invalid bearer token, the token in secret default/old for service account default/app has been marked "
            + "invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the "
            + "'kubernetes.io/legacy-token-invalid-since' label from the secret to temporarily allow use of "
            + "this token]",
            await WhyAsync(token));
        Assert.Equal(Day(), LastUsed());
        Assert.Equal(1, Count("serviceaccount_invalid_legacy_auto_token_uses_total"));
        Assert.Equal(0, Count("serviceaccount_legacy_manual_token_uses_total"));
    }

    private string Store(ServiceAccountKeys? keys = null, ValueMap<string> labels = default)
    {
        var token = new LegacyServiceAccountToken("default", "app", "sa-uid", "old").Sign(keys ?? _cluster.Keys);
        _cluster.Objects.Add(new Secret
        {
            Metadata = AuthenticationFixture.Meta("old", "secret-uid") with { Labels = labels },
            Type = SecretType.KubernetesIoServiceAccountToken,
            Data = ValueMap.Of(("token", ByteString.FromUtf8(token))),
        });
        return token;
    }

    private async Task<AuthenticationResult.Authenticated> AuthenticateAsync(string token) =>
        Assert.IsType<AuthenticationResult.Authenticated>(await ResultAsync(token));

    private async Task<string> WhyAsync(string token) =>
        Assert.IsType<AuthenticationResult.Rejected>(await ResultAsync(token)).Why;

    private async Task<AuthenticationResult> ResultAsync(string token) =>
        await _cluster.Authenticator.AuthenticateAsync(
            new AuthenticationRequest { Authorization = $"Bearer {token}", Path = "/api" }, CancellationToken.None);

    private long Count(string metric) => _cluster.Options.Metrics.Counter(metric, "").With(default).Count;

    private string LastUsed() => _cluster.Objects.Get<Secret>("default", "old")!.Metadata.Labels
        .Get(LegacyTokens.LastUsedLabel, "");

    private string Day() => _cluster.Time.GetUtcNow()
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
