using System.Globalization;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.Registry;

/// <summary>The query parameters of lists and watches, checked.</summary>
internal static class ListOptionsReader
{
    public static ListOptions Read(ApiQuery query) => new()
    {
        ResourceVersion = query["resourceVersion"],
        ResourceVersionMatch = query["resourceVersionMatch"],
        Limit = Number(query, "limit") ?? 0,
        Continue = query["continue"],
        TimeoutSeconds = Number(query, "timeoutSeconds"),
        AllowWatchBookmarks = query.Flag("allowWatchBookmarks") ?? false,
        SendInitialEvents = query.Flag("sendInitialEvents"),
    };

    /// <summary>
    /// Source: apimachinery pkg/apis/meta/internalversion/validation/validation.go, ValidateListOptions.
    /// </summary>
    public static void Check(ListOptions options, bool isWatch)
    {
        var errors = new List<FieldError>();
        var match = FieldPath.Of("resourceVersionMatch");
        if (isWatch)
        {
            CheckWatch(options, match, errors);
        }
        else
        {
            CheckList(options, match, errors);
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("meta.k8s.io", "ListOptions", "", errors);
        }
    }

    private static void CheckList(ListOptions options, FieldPath match, List<FieldError> errors)
    {
        if (options.SendInitialEvents is not null)
        {
            errors.Add(FieldError.Forbidden(
                FieldPath.Of("sendInitialEvents"), "sendInitialEvents is forbidden for list"));
        }

        if (options.ResourceVersionMatch.Length == 0)
        {
            return;
        }

        if (options.ResourceVersion.Length == 0)
        {
            errors.Add(FieldError.Forbidden(
                match, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        }

        if (options.Continue.Length > 0)
        {
            errors.Add(FieldError.Forbidden(match, "resourceVersionMatch is forbidden when continue is provided"));
        }

        if (options.ResourceVersionMatch is not (ResourceVersionMatch.Exact or ResourceVersionMatch.NotOlderThan))
        {
            errors.Add(FieldError.NotSupported(
                match, options.ResourceVersionMatch, [ResourceVersionMatch.Exact, ResourceVersionMatch.NotOlderThan]));
        }

        if (options is { ResourceVersionMatch: ResourceVersionMatch.Exact, ResourceVersion: "0" })
        {
            errors.Add(FieldError.Forbidden(match,
                "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
    }

    private static void CheckWatch(ListOptions options, FieldPath match, List<FieldError> errors)
    {
        if (options.SendInitialEvents is null)
        {
            if (options.ResourceVersionMatch.Length > 0)
            {
                errors.Add(FieldError.Forbidden(match,
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }

            return;
        }

        if (options.ResourceVersionMatch.Length == 0)
        {
            errors.Add(FieldError.Forbidden(match,
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        else if (options.ResourceVersionMatch != ResourceVersionMatch.NotOlderThan)
        {
            errors.Add(FieldError.NotSupported(
                match, options.ResourceVersionMatch, [ResourceVersionMatch.NotOlderThan]));
        }
    }

    private static long? Number(ApiQuery query, string name)
    {
        var text = query[name];
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing {FieldError.Quote(text)}: invalid syntax");
    }
}
