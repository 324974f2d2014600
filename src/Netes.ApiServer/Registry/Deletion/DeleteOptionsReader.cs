using System.Globalization;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Media;

namespace Netes.ApiServer.Registry;

/// <summary>
/// How to delete: the body, or the query where there is none. Source: apiserver pkg/endpoints/handlers/delete.go.
/// </summary>
internal static class DeleteOptionsReader
{
    public static async ValueTask<DeleteOptions> ReadAsync(RequestContext context, CancellationToken cancel)
    {
        var options = await ValueReader.ReadOptionalAsync<DeleteOptions>(context, cancel) ?? FromQuery(context.Query);
        Check(options);
        return options;
    }

    private static DeleteOptions FromQuery(ApiQuery query) => new()
    {
        GracePeriodSeconds = query["gracePeriodSeconds"] is { Length: > 0 } text
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing {FieldError.Quote(text)}: invalid syntax")
            : null,
        PropagationPolicy = query["propagationPolicy"] is { Length: > 0 } policy ? policy : null,
        OrphanDependents = query.Find("orphanDependents") is { } orphan ? orphan is "true" or "1" : null,
        DryRun = query.Values("dryRun").ToValueList(),
    };

    // Source: apimachinery pkg/apis/meta/v1/validation/validation.go, ValidateDeleteOptions.
    private static void Check(DeleteOptions options)
    {
        var errors = new List<FieldError>();
        var policy = FieldPath.Of("propagationPolicy");
        if (options is { PropagationPolicy: { } both, OrphanDependents: not null })
        {
            errors.Add(FieldError.Invalid(policy, both, "orphanDependents and deletionPropagation cannot be both set"));
        }

        if (options.PropagationPolicy is { } value and not (DeletionPropagation.Foreground
            or DeletionPropagation.Background or DeletionPropagation.Orphan))
        {
            errors.Add(FieldError.NotSupported(policy, value,
                [DeletionPropagation.Foreground, DeletionPropagation.Background, DeletionPropagation.Orphan, "nil"]));
        }

        WriteOptions.CheckDryRun([.. options.DryRun.Select(static text => text)], errors);
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("meta.k8s.io", "DeleteOptions", "", errors);
        }
    }
}
