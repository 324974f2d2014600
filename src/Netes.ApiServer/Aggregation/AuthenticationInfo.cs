using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// Tells aggregated servers whose client certificates and whose headers about users they may believe:
/// <c>kube-system/extension-apiserver-authentication</c>.
/// Source: pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go.
/// </summary>
internal sealed class AuthenticationInfo(ApiServerOptions options, IObjectReader objects, IObjectWriter writer)
{
    private const string Namespace = "kube-system", Name = "extension-apiserver-authentication";

    /// <summary>Call it at start; what others wrote beside it stays.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        var wanted = Wanted();
        var present = objects.Get<ConfigMap>(Namespace, Name);
        if (wanted.Count == 0
            || (present is not null && wanted.All(entry => present.Data.Get(entry.Key, "") == entry.Value)))
        {
            return;
        }

        var data = ValueMap.Of([.. (present?.Data ?? default).Where(entry => !wanted.ContainsKey(entry.Key))
            .Concat(wanted).Select(static entry => (entry.Key, entry.Value))]);
        if (present is null)
        {
            await writer.CreateAsync(
                new ConfigMap { Metadata = new() { Namespace = Namespace, Name = Name }, Data = data }, cancel);
        }
        else
        {
            await writer.UpdateAsync(present with { Data = data }, cancel);
        }
    }

    private Dictionary<string, string> Wanted()
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.Security.Authentication.ClientAuthority is { } authority)
        {
            wanted["client-ca-file"] = authority.Pem;
        }

        if (options.FrontProxy is { } proxy)
        {
            wanted["requestheader-client-ca-file"] = proxy.AuthorityPem;
            wanted["requestheader-allowed-names"] = """["front-proxy-client"]""";
            wanted["requestheader-username-headers"] = """["X-Remote-User"]""";
            wanted["requestheader-uid-headers"] = """["X-Remote-Uid"]""";
            wanted["requestheader-group-headers"] = """["X-Remote-Group"]""";
            wanted["requestheader-extra-headers-prefix"] = """["X-Remote-Extra-"]""";
        }

        return wanted;
    }
}
