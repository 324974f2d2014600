namespace Netes.Cel;

/// <summary>url(), isURL() and a URL's parts. Source: apiserver pkg/cel/library/urls.go; Go's
/// url.ParseRequestURI.</summary>
internal static class UrlFunctions
{
    public static void Register(FunctionTable functions)
    {
        var (url, text) = (CelType.Url, CelType.String);
        functions.Global("url", "string_to_url", [text], url, a => CelUrl.Parse(((CelString)a[0]).Value)
            ?? (CelValue)new CelError($"URL parse error during conversion from string: parse {Text.Quote(((CelString)a[0]).Value)}: invalid URI for request"));
        functions.Global("isURL", "is_url_string", [text], CelType.Bool,
            a => CelValue.Of(CelUrl.Parse(((CelString)a[0]).Value) is not null));
        functions.Member("getScheme", "url_get_scheme", [url], text, a => CelValue.Of(U(a[0]).Scheme));
        functions.Member("getHost", "url_get_host", [url], text, a => CelValue.Of(U(a[0]).Host));
        functions.Member("getHostname", "url_get_hostname", [url], text, a => CelValue.Of(U(a[0]).Hostname));
        functions.Member("getPort", "url_get_port", [url], text, a => CelValue.Of(U(a[0]).Port));
        functions.Member("getEscapedPath", "url_get_escaped_path", [url], text, a => CelValue.Of(U(a[0]).Path));
        functions.Member("getQuery", "url_get_query", [url], CelType.Map(text, CelType.List(text)), a =>
            Query(U(a[0])));
    }

    private static CelUrl U(CelValue value) => (CelUrl)value;

    private static CelMap Query(CelUrl url) => CelValue.Map(url.Query.Split('&')
        .Where(pair => pair.Length > 0 && !pair.Contains(';', StringComparison.Ordinal))
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => Plain(pair[0]), pair => CelValue.Of(Plain(pair.Length > 1 ? pair[1] : "")))
        .ToDictionary(group => group.Key, group => CelValue.List([.. group])));

    private static string Plain(string escaped) => Uri.UnescapeDataString(escaped.Replace('+', ' '));
}
