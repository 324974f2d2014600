using System.Globalization;

namespace Netes.Api.Core;

/// <summary>
/// What server and controllers write down about service account tokens that Secrets hold: days, all in UTC.
/// Source: pkg/serviceaccount/legacy.go; pkg/controlplane/controller/legacytokentracking/controller.go.
/// </summary>
public static class LegacyTokens
{
    /// <summary>The label of a Secret whose token was used: the day of the last time.</summary>
    public const string LastUsedLabel = "kubernetes.io/legacy-token-last-used";

    /// <summary>The label of a Secret whose token is no longer good: the day from which on.</summary>
    public const string InvalidSinceLabel = "kubernetes.io/legacy-token-invalid-since";

    /// <summary>The namespace of the ConfigMap that says since when uses are marked.</summary>
    public const string TrackingNamespace = "kube-system";

    /// <summary>Its name.</summary>
    public const string TrackingName = "kube-apiserver-legacy-service-account-token-tracking";

    /// <summary>Its key, whose value is that day.</summary>
    public const string TrackingKey = "since";

    private const string Format = "yyyy-MM-dd";

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryReadDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
