using System.Globalization;
using System.Text;
using Netes.Api;

namespace Netes.Client;

/// <summary>The URL grammar of the API. Source: apiserver pkg/endpoints/request/requestinfo.go.</summary>
public static class ApiPaths
{
    /// <summary>
    /// <c>/api/v1/namespaces/{ns}/pods</c>; over all namespaces when <paramref name="ns"/> is empty.
    /// </summary>
    public static string Collection(ResourceDefinition resource, string ns)
    {
        var root = resource.Group.Length == 0
            ? $"/api/{resource.Version}"
            : $"/apis/{resource.Group}/{resource.Version}";
        return resource.Namespaced && ns.Length > 0
            ? $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{resource.Plural}"
            : $"{root}/{resource.Plural}";
    }

    public static string Object(ResourceDefinition resource, string ns, string name) =>
        $"{Collection(resource, ns)}/{Uri.EscapeDataString(name)}";

    public static string Subresource(ResourceDefinition resource, string ns, string name, string subresource) =>
        subresource.Length == 0
            ? Object(resource, ns, name)
            : $"{Object(resource, ns, name)}/{subresource}";

    internal static string Query(string path, ListParameters list) => new QueryBuilder(path)
        .Add("labelSelector", list.LabelSelector)
        .Add("fieldSelector", list.FieldSelector)
        .Add("limit", list.Limit == 0 ? "" : list.Limit.ToString(CultureInfo.InvariantCulture))
        .Add("continue", list.Continue)
        .Add("resourceVersion", list.ResourceVersion)
        .Add("resourceVersionMatch", list.ResourceVersionMatch)
        .ToString();

    internal static string Query(string path, WatchParameters watch) => new QueryBuilder(path)
        .Add("watch", "true")
        .Add("labelSelector", watch.LabelSelector)
        .Add("fieldSelector", watch.FieldSelector)
        .Add("resourceVersion", watch.ResourceVersion)
        .Add("allowWatchBookmarks", watch.AllowBookmarks ? "true" : "")
        .Add("timeoutSeconds", watch.Timeout == TimeSpan.Zero
            ? ""
            : ((long)watch.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        .ToString();

    internal static string Query(string path, string fieldManager, bool force = false) => new QueryBuilder(path)
        .Add("fieldManager", fieldManager)
        .Add("force", force ? "true" : "")
        .ToString();

    private sealed class QueryBuilder(string path)
    {
        private readonly StringBuilder _text = new(path);
        private char _separator = '?';

        public QueryBuilder Add(string name, string value)
        {
            if (value.Length > 0)
            {
                _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                _separator = '&';
            }

            return this;
        }

        public override string ToString() => _text.ToString();
    }
}
