using System.Globalization;
using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>Revisions as clients see them. Source: apiserver pkg/storage/api_object_versioner.go.</summary>
internal static class ResourceVersions
{
    public static string Format(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>The revision of a text; 0 for an empty one. Anything else than a number is a bad request.</summary>
    public static long Parse(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw ApiErrors.BadRequest($"Invalid value: {FieldError.Quote(text)}: "
                + $"strconv.ParseUint: parsing {FieldError.Quote(text)}: invalid syntax");
    }
}
