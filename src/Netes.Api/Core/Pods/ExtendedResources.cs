namespace Netes.Api.Core;

/// <summary>Resources that clusters define themselves. Source: pkg/apis/core/v1/helper/helpers.go.</summary>
public static class ExtendedResources
{
    private const string DefaultDomain = "kubernetes.io/";
    private const string QuotaPrefix = "requests.";

    /// <summary>A name with a domain that is not Kubernetes' own.</summary>
    public static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal)
        && !name.Contains(DefaultDomain, StringComparison.Ordinal)
        && !name.StartsWith(QuotaPrefix, StringComparison.Ordinal)
        && Names.IsQualifiedName(QuotaPrefix + name);
}
