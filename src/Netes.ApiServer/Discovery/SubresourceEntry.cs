using Netes.Api;

namespace Netes.ApiServer.Discovery;

/// <summary>What discovery says of a subresource: the kind it takes, where that is from, and its verbs.</summary>
internal sealed record SubresourceEntry(string Name, string Group, string Version, string Kind, ValueList<string> Verbs)
{
    private static readonly ValueList<string> Updates = ["get", "patch", "update"];
    private static readonly ValueList<string> Connects = ["create", "get"];
    private static readonly ValueList<string> Creates = ["create"];
    private static readonly ValueList<string> Everything = ["create", "delete", "get", "patch", "update"];

    /// <summary>The subresources of a resource, status included, by name.</summary>
    public static IEnumerable<SubresourceEntry> Of(ResourceDefinition definition)
    {
        var names = definition.HasStatus && definition.Stored
            ? definition.Subresources.Append("status")
            : definition.Subresources;
        return names.Order(StringComparer.Ordinal).Select(name => Of(definition, name));
    }

    // Empty group and version: those of the resource. Source: the storage maps under pkg/registry/*/rest.
    private static SubresourceEntry Of(ResourceDefinition definition, string name) => name switch
    {
        "scale" => new(name, "autoscaling", "v1", "Scale", Updates),
        "attach" => new(name, "", "", "PodAttachOptions", Connects),
        "exec" => new(name, "", "", "PodExecOptions", Connects),
        "portforward" => new(name, "", "", "PodPortForwardOptions", Connects),
        "log" => new(name, "", "", "Pod", ["get"]),
        "binding" => new(name, "", "", "Binding", Creates),
        "eviction" => new(name, "policy", "v1", "Eviction", Creates),
        "token" => new(name, "authentication.k8s.io", "v1", "TokenRequest", Creates),
        "finalize" => new(name, "", "", "Namespace", ["update"]),
        "proxy" => new(name, "", "", $"{definition.Kind}ProxyOptions", Everything),
        _ => new(name, "", "", definition.Kind, Updates),
    };
}
