using System.Globalization;
using System.Text;

namespace Netes.Api;

/// <summary>One condition on a field: equal to a value, or not.</summary>
public sealed record FieldTerm(string Field, string Value, bool Negated)
{
    public override string ToString() => $"{Field}{(Negated ? "!=" : "=")}{FieldSelectors.Escape(Value)}";
}

/// <summary>A compiled field selector: all terms must hold. Immutable; may be shared.</summary>
public sealed record FieldMatcher(ValueList<FieldTerm> Terms)
{
    public static FieldMatcher Everything { get; } = new(ValueList<FieldTerm>.Empty);

    public bool MatchesEverything => Terms.IsEmpty;

    /// <param name="value">Gives the value of a field; empty text for one that is not set.</param>
    public bool Matches(Func<string, string> value)
    {
        foreach (var term in Terms)
        {
            if ((value(term.Field) == term.Value) == term.Negated)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The one value that <paramref name="field"/> must have, if the selector says so.</summary>
    public string? ExactMatch(string field) =>
        Terms.FirstOrDefault(term => term.Field == field && !term.Negated)?.Value;

    public override string ToString() => string.Join(",", Terms);
}

/// <summary>Field selectors from their string form. Source: apimachinery pkg/fields/selector.go.</summary>
public static class FieldSelectors
{
    /// <summary>
    /// Reads <c>spec.nodeName=a,status.phase!=Running</c>; <c>\,</c>, <c>\=</c> and <c>\\</c> in values are escapes.
    /// Whether the fields may be selected by is the resource's to say. <paramref name="error"/> is in Kubernetes'
    /// words.
    /// </summary>
    public static bool TryParse(string text, out FieldMatcher matcher, out string error)
    {
        (matcher, error) = (FieldMatcher.Everything, "");
        var terms = new List<FieldTerm>();
        foreach (var part in SplitTerms(text).Order(StringComparer.Ordinal).Where(part => part.Length > 0))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
            {
                error = $"invalid selector: '{text}'; can't understand '{part}'";
                return false;
            }

            var negated = at > 0 && part[at - 1] == '!';
            var start = !negated && at + 1 < part.Length && part[at + 1] == '=' ? at + 2 : at + 1;
            if (!TryUnescape(part[start..], out var value, out error))
            {
                return false;
            }

            terms.Add(new(part[..(negated ? at - 1 : at)], value, negated));
        }

        matcher = terms.Count == 0 ? FieldMatcher.Everything : new(terms.ToValueList());
        return true;
    }

    public static string Escape(string value) =>
        value.Replace(@"\", @"\\").Replace(",", @"\,").Replace("=", @"\=");

    /// <summary>Commas separate, unless a backslash stands before them.</summary>
    private static IEnumerable<string> SplitTerms(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static bool TryUnescape(string text, out string value, out string error)
    {
        (value, error) = (text, "");
        if (text.IndexOfAny(['\\', ',', '=']) < 0)
        {
            return true;
        }

        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
                if (i == text.Length || text[i] is not ('\\' or ',' or '='))
                {
                    error = $"invalid field selector: invalid escape sequence: \\{(i == text.Length ? "" : text[i])}";
                    return false;
                }
            }
            else if (text[i] is ',' or '=')
            {
                var code = ((int)text[i]).ToString(CultureInfo.InvariantCulture);
                error = $"invalid field selector: unescaped character in value: {code}";
                return false;
            }

            plain.Append(text[i]);
        }

        value = plain.ToString();
        return true;
    }
}
