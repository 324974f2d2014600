namespace Netes.Api.Core;

/// <summary>Resources that clusters define themselves. Source: pkg/apis/core/v1/helper/helpers.go.</summary>
public static class ExtendedResources
{
    /// <summary>Before the name of a class of devices: the resource that stands for it without further ado.</summary>
    public const string ImplicitPrefix = "deviceclass.resource.kubernetes.io/";

    private const string DefaultDomain = "kubernetes.io/";
    private const string QuotaPrefix = "requests.";

    /// <summary>A name with a domain that is not Kubernetes' own.</summary>
    public static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal)
        && !name.Contains(DefaultDomain, StringComparison.Ordinal)
        && !name.StartsWith(QuotaPrefix, StringComparison.Ordinal)
        && Names.IsQualifiedName(QuotaPrefix + name);

    /// <summary>
    /// A resource that a class of devices may stand for, by its own name or by the class's. Source:
    /// IsDRAExtendedResourceName of pkg/scheduler/util/utils.go (KEP-5004).
    /// </summary>
    public static bool MayBeDevices(string name) =>
        name.StartsWith(ImplicitPrefix, StringComparison.Ordinal) || IsExtended(name);
}
