using Netes.Api;

namespace Netes.ApiServer.Media;

/// <summary>
/// What becomes of fields that the kind does not have, or that stand twice.
/// Source: KEP-2885; apimachinery pkg/apis/meta/v1/types.go, FieldValidation*.
/// </summary>
internal static class FieldValidation
{
    public const string Ignore = "Ignore";
    public const string Warn = "Warn";
    public const string Strict = "Strict";

    /// <summary>Refuses or warns, as the request asks.</summary>
    /// <param name="context">The request.</param>
    /// <param name="errors">E.g. <c>unknown field "spec.foo"</c>.</param>
    /// <param name="refuse">Makes the failure from <c>strict decoding error: …</c>.</param>
    public static void Enforce(RequestContext context, ValueList<string> errors, Func<string, ApiException> refuse)
    {
        if (errors.IsEmpty)
        {
            return;
        }

        switch (context.Query["fieldValidation"])
        {
            case Strict:
                throw refuse($"strict decoding error: {string.Join(", ", errors)}");
            case Ignore:
                break;
            default:
                foreach (var error in errors)
                {
                    context.Warn(error);
                }

                break;
        }
    }
}
