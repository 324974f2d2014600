using System.Globalization;
using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>The names of those who set fields.</summary>
internal static class FieldManagers
{
    /// <summary>Source: apimachinery pkg/apis/meta/v1/validation/validation.go, FieldManagerMaxLength.</summary>
    public const int MaxLength = 128;

    /// <summary>Whose fields an object's are that were not tracked before something was applied.</summary>
    public const string BeforeFirstApply = "before-first-apply";

    /// <summary>Who stands for the oldest of too many.</summary>
    public const string AncientChanges = "ancient-changes";

    /// <summary>The server itself.</summary>
    public const string Server = "kube-apiserver";

    private const string Unknown = "unknown";

    /// <summary>
    /// The parameter, else what stands before the slash in the client's own name.
    /// Source: apiserver pkg/endpoints/handlers/create.go, managerOrUserAgent.
    /// </summary>
    public static string NameOf(RequestContext context)
    {
        var name = context.Query["fieldManager"];
        if (name.Length > 0)
        {
            return name;
        }

        var agent = context.Call.Headers["User-Agent"];
        var slash = agent.IndexOf('/', StringComparison.Ordinal);
        name = Printable(slash < 0 ? agent : agent[..slash]);
        return name.Length > 0 ? name : Unknown;
    }

    /// <summary>Whether Go prints a character as it is. Source: unicode/graphic.go, IsPrint.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Source: apimachinery pkg/apis/meta/v1/validation/validation.go, ValidateFieldManager.</summary>
    public static void Check(string name, List<FieldError> errors)
    {
        var path = FieldPath.Of("fieldManager");
        if (Encoding.UTF8.GetByteCount(name) > MaxLength)
        {
            errors.Add(FieldError.TooLong(path, MaxLength));
        }

        var at = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                errors.Add(FieldError.Invalid(path, name, $"invalid character U+{rune.Value:X4} (at position {at})"));
            }

            at += rune.Utf8SequenceLength;
        }
    }

    private static string Printable(string name)
    {
        if (name.Length <= MaxLength && !name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return name;
        }

        var (kept, bytes) = (new StringBuilder(), 0);
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsPrintable(rune))
            {
                bytes += rune.Utf8SequenceLength;
                if (bytes > MaxLength)
                {
                    break;
                }

                kept.Append(rune);
            }
        }

        return kept.ToString();
    }
}
