using Netes.Api.Telemetry;

namespace Netes.ApiServer.Metrics;

/// <summary>Which service account tokens are in use. Source: pkg/serviceaccount/metrics.go.</summary>
internal sealed class TokenMetrics(MetricRegistry registry)
{
    /// <summary>Bound to an audience and a time, and good.</summary>
    public Counter Valid { get; } = registry.Counter(
        "serviceaccount_valid_tokens_total", "[ALPHA] Uses of projected tokens that are good.").With(default);

    /// <summary>Of Secrets, good or not.</summary>
    public Counter Legacy { get; } = registry.Counter(
        "serviceaccount_legacy_tokens_total", "[ALPHA] Uses of tokens that Secrets hold.").With(default);

    /// <summary>Of Secrets that their accounts name: the tokens controller of old made those.</summary>
    public Counter LegacyAutomatic { get; } = registry.Counter(
        "serviceaccount_legacy_auto_token_uses_total",
        "[ALPHA] Uses of tokens in Secrets that were made for their account.").With(default);

    public Counter LegacyManual { get; } = registry.Counter(
        "serviceaccount_legacy_manual_token_uses_total",
        "[ALPHA] Uses of tokens in Secrets that a user asked for.").With(default);

    /// <summary>Of Secrets that the cleaner has marked.</summary>
    public Counter LegacyInvalid { get; } = registry.Counter(
        "serviceaccount_invalid_legacy_auto_token_uses_total",
        "[ALPHA] Refused uses of tokens in Secrets that are marked invalid.").With(default);
}
