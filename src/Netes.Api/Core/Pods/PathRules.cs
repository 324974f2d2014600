namespace Netes.Api.Core;

/// <summary>
/// File paths inside of volumes. Source: validateLocalDescendingPath of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class PathRules
{
    private const string FileMode = "must be a number between 0 and 0777 (octal), both inclusive";

    public static bool HasBacksteps(string path) => path.Split('/').Contains("..");

    public static void NoBacksteps(string text, FieldPath path, List<FieldError> errors)
    {
        if (HasBacksteps(text))
        {
            errors.Invalid(path, text, "must not contain '..'");
        }
    }

    /// <summary>Relative, and never upwards.</summary>
    public static void Descending(string text, FieldPath path, List<FieldError> errors)
    {
        if (text.StartsWith('/'))
        {
            errors.Invalid(path, text, "must be a relative path");
        }

        NoBacksteps(text, path, errors);
    }

    /// <summary>As <see cref="Descending"/>, without the names that atomic writers keep for themselves.</summary>
    public static void NotReserved(string text, FieldPath path, List<FieldError> errors)
    {
        Descending(text, path, errors);
        if (text.StartsWith("..", StringComparison.Ordinal) && !HasBacksteps(text))
        {
            errors.Invalid(path, text, "must not start with '..'");
        }
    }

    public static void Mode(int? mode, FieldPath path, List<FieldError> errors)
    {
        if (mode is < 0 or > 511)
        {
            errors.Invalid(path, mode, FileMode);
        }
    }
}
