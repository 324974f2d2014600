using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.ServiceAccountTokens;

public sealed class LegacyTokenPlanTests
{
    private static readonly LegacyTokenPlan Plan = new(
        new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(365));

    [Theory]
    [InlineData("2020-01-01", "", "", LegacyTokenFate.Invalidated)]
    [InlineData("2020-01-01", "2025-06-14", "", LegacyTokenFate.Invalidated)]
    [InlineData("2020-01-01", "2025-06-15", "", LegacyTokenFate.Kept)]
    [InlineData("2020-01-01", "yesterday", "", LegacyTokenFate.Kept)]
    [InlineData("2025-06-16", "", "", LegacyTokenFate.Kept)]
    [InlineData("2020-01-01", "", "never", LegacyTokenFate.Invalidated)]
    [InlineData("2020-01-01", "", "2025-06-15", LegacyTokenFate.Kept)]
    [InlineData("2020-01-01", "", "2025-06-14", LegacyTokenFate.Deleted)]
    [InlineData("2020-01-01", "2026-06-14", "2025-06-14", LegacyTokenFate.Kept)]
    public void UnusedToken_isMarkedAndLaterDeleted(string created, string used, string invalid, object fate) =>
        Assert.Equal(fate, Plan.FateOf(Token(created, used, invalid), Account("old")));

    [Fact]
    public void TokenThatNoAccountNames_isKept()
    {
        var token = Token("2020-01-01", "", "2020-01-01");
        Assert.Equal(LegacyTokenFate.Kept, Plan.FateOf(token, Account("other")));
        Assert.Equal(LegacyTokenFate.Kept, Plan.FateOf(token, null));
    }

    [Theory]
    [InlineData("2025-06-13", true)]
    [InlineData("2025-06-14", true)]
    [InlineData("2025-06-15", false)]
    [InlineData("", false)]
    public void UsesAreKnown_afterTheWholePeriod(string since, bool known) =>
        Assert.Equal(known, Plan.IsTracked(since));

    private static Secret Token(string created, string used, string invalid)
    {
        var labels = default(ValueMap<string>);
        labels = used.Length == 0 ? labels : labels.Set("kubernetes.io/legacy-token-last-used", used);
        labels = invalid.Length == 0 ? labels : labels.Set("kubernetes.io/legacy-token-invalid-since", invalid);
        Assert.True(Timestamp.TryParse($"{created}T00:00:00Z", out var time));
        return new() { Metadata = new() { Name = "old", CreationTimestamp = time, Labels = labels } };
    }

    private static ServiceAccount Account(string secret) => new() { Secrets = [new() { Name = secret }] };
}
