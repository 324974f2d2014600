using Netes.Api;

namespace Netes.ApiServer;

/// <summary>
/// The grammar of URLs: <c>/api/v1/…</c>, <c>/apis/{group}/{version}/…</c>, <c>[watch/]</c>,
/// <c>[namespaces/{ns}/]{resource}[/{name}[/{subresource}…]]</c>; everything else is no resource.
/// Source: apiserver pkg/endpoints/request/requestinfo.go.
/// </summary>
public static class RequestInfoParser
{
    public static RequestInfo Parse(string method, string path, ApiQuery query)
    {
        var parts = path.Trim('/') is { Length: > 0 } trimmed ? trimmed.Split('/') : [];
        ReadOnlySpan<string> rest = parts;
        var plain = new RequestInfo { Path = path, Verb = method.ToLowerInvariant() };
        if (rest.Length < 3 || rest[0] is not ("api" or "apis") || (rest[0] == "apis" && rest.Length < 4))
        {
            return plain;
        }

        var info = plain with { IsResourceRequest = true, ApiPrefix = rest[0], Verb = "" };
        info = rest[0] == "apis"
            ? info with { ApiGroup = rest[1], ApiVersion = rest[2] }
            : info with { ApiVersion = rest[1] };
        rest = rest[0] == "apis" ? rest[3..] : rest[2..];
        if (rest[0] is "watch" or "proxy")
        {
            if (rest.Length < 2)
            {
                // Kubernetes reports this path as unresolvable: there is nothing to watch.
                return plain;
            }

            info = info with { Verb = rest[0] };
            rest = rest[1..];
        }
        else
        {
            info = info with { Verb = VerbOf(method) };
        }

        return WithSelectors(WithResource(info, rest), query);
    }

    private static RequestInfo WithResource(RequestInfo info, ReadOnlySpan<string> rest)
    {
        // A namespace is itself a resource: /namespaces/{name} and its few subresources stay; all else is inside it.
        if (rest[0] == "namespaces" && rest.Length > 1)
        {
            info = info with { Namespace = rest[1] };
            if (rest.Length > 2 && rest[2] is not ("status" or "finalize"))
            {
                rest = rest[2..];
            }
        }

        return info with
        {
            Parts = [.. rest],
            Resource = rest[0],
            Name = rest.Length > 1 ? rest[1] : "",
            Subresource = rest.Length > 2 && info.Verb != "proxy" ? rest[2] : "",
        };
    }

    private static RequestInfo WithSelectors(RequestInfo info, ApiQuery query)
    {
        info = info with { LabelSelector = query["labelSelector"], FieldSelector = query["fieldSelector"] };
        if (info is { Name.Length: 0, Verb: "get" or "list" })
        {
            info = info with { Verb = "list" };
            info = IsTrue(query.Find("watch")) ? info with { Verb = "watch" } : info;
        }

        if (info is { Name.Length: 0, Verb: "delete" })
        {
            info = info with { Verb = "deletecollection" };
        }

        // One object watched or listed by its name is authorized as that object.
        if (info is { Name.Length: 0, Verb: "list" or "watch" or "deletecollection" }
            && SingleName(info.FieldSelector) is { } name)
        {
            info = info with { Name = name };
        }

        return info;
    }

    private static string? SingleName(string fieldSelector)
    {
        foreach (var term in fieldSelector.Split(','))
        {
            var (key, value) = term.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (term[..at], term[(at + 1)..].TrimStart('='))
                : ("", "");
            if (key == "metadata.name" && value.Length > 0 && !value.Contains('/') && value is not ("." or ".."))
            {
                return value;
            }
        }

        return null;
    }

    private static bool IsTrue(string? value) =>
        value is not null and not ("0" or "f" or "F" or "false" or "FALSE" or "False");

    private static string VerbOf(string method) => method switch
    {
        "POST" => "create",
        "GET" or "HEAD" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    };
}
