using Netes.Api;
using Netes.ApiServer.FieldManagement;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Registry;

/// <summary>
/// The query parameters of writes, checked. Source: apimachinery pkg/apis/meta/v1/validation/validation.go.
/// </summary>
internal static class WriteOptions
{
    private const string All = "All";

    /// <summary>Whether nothing shall be stored. 422 for other values than All.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">CreateOptions, UpdateOptions or PatchOptions: what the failure names.</param>
    public static bool Check(RequestContext context, string kind) => Check(context, kind, []);

    /// <summary>The same for patches: who applies must say who he is, and only he may force.</summary>
    public static bool CheckPatch(RequestContext context, bool isApply)
    {
        var errors = new List<FieldError>();
        if (isApply && context.Query["fieldManager"].Length == 0)
        {
            errors.Add(FieldError.Required(FieldPath.Of("fieldManager"), "is required for apply patch"));
        }
        else if (!isApply && context.Query.Find("force") is not null)
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of("force"), "may not be specified for non-apply patch"));
        }

        return Check(context, "PatchOptions", errors);
    }

    private static bool Check(RequestContext context, string kind, List<FieldError> errors)
    {
        var dryRun = context.Query.Values("dryRun").ToList();
        CheckDryRun(dryRun, errors);
        var validation = context.Query["fieldValidation"];
        if (validation is not ("" or FieldValidation.Ignore or FieldValidation.Warn or FieldValidation.Strict))
        {
            errors.Add(FieldError.NotSupported(
                FieldPath.Of("fieldValidation"), validation,
                [FieldValidation.Ignore, FieldValidation.Strict, FieldValidation.Warn]));
        }

        FieldManagers.Check(context.Query["fieldManager"], errors);

        return errors.Count == 0
            ? dryRun.Contains(All)
            : throw ApiErrors.Invalid("meta.k8s.io", kind, "", errors);
    }

    public static void CheckDryRun(IReadOnlyCollection<string> values, List<FieldError> errors)
    {
        foreach (var value in values.Where(static value => value != All))
        {
            errors.Add(FieldError.NotSupported(FieldPath.Of("dryRun"), value, [All]));
        }
    }
}
