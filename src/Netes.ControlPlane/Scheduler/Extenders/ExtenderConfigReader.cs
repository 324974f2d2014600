using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// Reads extenders and says what is wrong with them.
/// Source: pkg/scheduler/apis/config/validation/validation.go, validateExtenders.
/// </summary>
internal static class ExtenderConfigReader
{
    public static ExtenderOptions Read(ConfigObject json)
    {
        var standard = new ExtenderOptions { UrlPrefix = json.Text("urlPrefix") ?? "" };
        var timeout = json.Time("httpTimeout") ?? TimeSpan.Zero;
        return standard with
        {
            FilterVerb = json.Text("filterVerb") ?? "",
            PreemptVerb = json.Text("preemptVerb") ?? "",
            PrioritizeVerb = json.Text("prioritizeVerb") ?? "",
            BindVerb = json.Text("bindVerb") ?? "",
            Weight = json.Number("weight") ?? 0,
            EnableHttps = json.Flag("enableHTTPS") ?? false,
            Tls = json.Object("tlsConfig", "ExtenderTLSConfig") is { } tls ? ReadTls(tls) : null,
            HttpTimeout = timeout > TimeSpan.Zero ? timeout : standard.HttpTimeout,
            NodeCacheCapable = json.Flag("nodeCacheCapable") ?? false,
            ManagedResources = json.Objects("managedResources", "ExtenderManagedResource", static resource =>
                new ExtenderResource(
                    resource.Text("name") ?? "", resource.Flag("ignoredByScheduler") ?? false)).ToValueList(),
            IsIgnorable = json.Flag("ignorable") ?? false,
        };
    }

    public static IEnumerable<FieldError> Validate(IReadOnlyList<ExtenderOptions> extenders, FieldPath path)
    {
        var managed = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < extenders.Count; i++)
        {
            var (extender, at) = (extenders[i], path.Index(i));
            if (extender.PrioritizeVerb.Length > 0 && extender.Weight <= 0)
            {
                yield return FieldError.Invalid(
                    at.Child("weight"), extender.Weight, "must have a positive weight applied to it");
            }

            for (var j = 0; j < extender.ManagedResources.Count; j++)
            {
                var name = extender.ManagedResources[j].Name;
                var nameAt = at.Child("managedResources").Index(j).Child("name");
                foreach (var error in ValidateName(name, nameAt))
                {
                    yield return error;
                }

                if (!managed.Add(name))
                {
                    yield return FieldError.Invalid(nameAt, name, "duplicate extender managed resource name");
                }
            }
        }

        var binders = extenders.Count(static extender => extender.BindVerb.Length > 0);
        if (binders > 1)
        {
            yield return FieldError.Invalid(
                path, $"found {binders} extenders implementing bind", "only one extender can implement bind");
        }
    }

    private static ExtenderTls ReadTls(ConfigObject json)
    {
        var tls = new ExtenderTls
        {
            IsInsecure = json.Flag("insecure") ?? false,
            ServerName = json.Text("serverName") ?? "",
            CertFile = json.Text("certFile") ?? "",
            KeyFile = json.Text("keyFile") ?? "",
            CaFile = json.Text("caFile") ?? "",
            CertData = json.Bytes("certData"),
            KeyData = json.Bytes("keyData"),
            CaData = json.Bytes("caData"),
        };
        json.End();
        return tls;
    }

    private static IEnumerable<FieldError> ValidateName(string name, FieldPath at)
    {
        var wrong = Names.QualifiedName(name);
        return wrong.Count > 0 ? wrong.Select(message => FieldError.Invalid(at, name, message))
            : IsExtended(name) ? []
            : [FieldError.Invalid(at, name, "is an invalid extended resource name")];
    }

    // Source: pkg/apis/core/v1/helper/helpers.go, IsExtendedResourceName.
    private static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal) && !name.Contains("kubernetes.io/", StringComparison.Ordinal)
        && !name.StartsWith("requests.", StringComparison.Ordinal) && Names.IsQualifiedName("requests." + name);
}
