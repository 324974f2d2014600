using Netes.Api.Meta;

namespace Netes.Api.ApiDiscovery;

/// <summary>The values of <c>DiscoveryFreshness</c>.</summary>
public static class DiscoveryFreshness
{
    public const string Current = "Current";
    public const string Stale = "Stale";
}

/// <summary>The values of <c>ResourceScope</c>.</summary>
public static class ResourceScope
{
    public const string Cluster = "Cluster";
    public const string Namespaced = "Namespaced";
}
