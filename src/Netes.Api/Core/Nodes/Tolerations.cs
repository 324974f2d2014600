using System.Globalization;

namespace Netes.Api.Core;

/// <summary>
/// Whether pods bear with taints. Source: component-helpers scheduling/corev1/helpers.go, api core/v1/toleration.go.
/// </summary>
public static class Tolerations
{
    /// <summary>True when one of them bears with the taint.</summary>
    public static bool Tolerate(ValueList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (Tolerates(toleration, taint))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when this one bears with the taint.</summary>
    public static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            "" or TolerationOperator.Equal => toleration.Value == taint.Value,
            TolerationOperator.Exists => true,
            "Lt" => Compare(toleration, taint) is < 0,
            "Gt" => Compare(toleration, taint) is > 0,
            _ => false,
        };

    /// <summary>
    /// The order of the taint's value and the toleration's as numbers; null when either is none (KEP-5471).
    /// </summary>
    private static int? Compare(Toleration toleration, Taint taint) =>
        TryParse(taint.Value, out var actual) && TryParse(toleration.Value, out var limit)
            ? actual.CompareTo(limit)
            : null;

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
