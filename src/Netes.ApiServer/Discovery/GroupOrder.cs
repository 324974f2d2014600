namespace Netes.ApiServer.Discovery;

/// <summary>
/// In which order groups and their versions are listed; the first version of a group is the preferred one.
/// Source: pkg/controlplane/apiserver/aggregator.go, DefaultGenericAPIServicePriorities.
/// </summary>
internal static class GroupOrder
{
    private static readonly string[] Groups =
    [
        "", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
        "autoscaling", "batch", "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io",
        "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
        "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "resource.k8s.io", "flowcontrol.apiserver.k8s.io",
        "internal.apiserver.k8s.io",
    ];

    public static int Of(string group)
    {
        var at = Array.IndexOf(Groups, group);
        return at < 0 ? Groups.Length : at;
    }

    /// <summary>Greater comes first: v2, v1, v1beta1, v1alpha1. Source: apimachinery pkg/version/helpers.go.</summary>
    public static int Rank(string version)
    {
        var digits = version.Skip(1).TakeWhile(char.IsAsciiDigit).Count();
        var major = digits > 0
            ? int.Parse(version.AsSpan(1, digits), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        return version.Contains("alpha", StringComparison.Ordinal) ? major
            : version.Contains("beta", StringComparison.Ordinal) ? 1_000 + major
            : 1_000_000 + major;
    }
}
