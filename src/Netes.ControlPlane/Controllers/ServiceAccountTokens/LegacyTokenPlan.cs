using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>What becomes of a token that nobody uses.</summary>
internal enum LegacyTokenFate
{
    Kept,

    /// <summary>It is marked, and the API server refuses it from then on.</summary>
    Invalidated,

    /// <summary>It was marked long ago.</summary>
    Deleted,
}

/// <summary>
/// Which tokens in Secrets have outlived their use. Days are compared, all in UTC.
/// Source: pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go, evaluateSATokens.
/// </summary>
/// <param name="Now">The time.</param>
/// <param name="Period">How long a token may go unused.</param>
internal sealed record LegacyTokenPlan(DateTimeOffset Now, TimeSpan Period)
{
    public string Today => LegacyTokens.Day(Now);

    private string LastDay => LegacyTokens.Day(Now - Period);

    /// <summary>Whether uses have been marked for the whole period, from the first day on.</summary>
    public bool IsTracked(string since) =>
        LegacyTokens.TryReadDay(since, out var day)
        && Now >= new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + Period;

    /// <param name="secret">Holds a token.</param>
    /// <param name="account">Whose it is; null: nobody's.</param>
    public LegacyTokenFate FateOf(Secret secret, ServiceAccount? account)
    {
        var metadata = secret.Metadata;
        if (metadata.DeletionTimestamp is not null
            || metadata.CreationTimestamp?.ToDateTimeOffset() >= Now - Period
            // Tokens that users made are theirs; the account names those that were made for it.
            || account is null || !account.Secrets.Any(reference => reference.Name == metadata.Name))
        {
            return LegacyTokenFate.Kept;
        }

        // A day that cannot be read says nothing; none says that the token was never used.
        if (metadata.Labels.TryGetValue(LegacyTokens.LastUsedLabel, out var used)
            && (!LegacyTokens.TryReadDay(used, out _) || string.CompareOrdinal(used, LastDay) >= 0))
        {
            return LegacyTokenFate.Kept;
        }

        var invalid = metadata.Labels.Get(LegacyTokens.InvalidSinceLabel, "");
        return !LegacyTokens.TryReadDay(invalid, out _) ? LegacyTokenFate.Invalidated
            : string.CompareOrdinal(invalid, LastDay) >= 0 ? LegacyTokenFate.Kept
            : LegacyTokenFate.Deleted;
    }
}
