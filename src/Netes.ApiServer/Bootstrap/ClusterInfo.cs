using System.Text;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Bootstrap;

/// <summary>
/// Describes the cluster to who does not know it yet, in <c>kube-public/cluster-info</c>: address and authority.
/// Source: cmd/kubeadm/app/phases/bootstraptoken/clusterinfo/clusterinfo.go.
/// </summary>
internal sealed class ClusterInfo(ApiServerOptions options, IObjectReader objects, IObjectWriter writer)
{
    private const string Name = "cluster-info";
    private const string Namespace = "kube-public";

    /// <summary>Call it at start. What is there stays: it may name an address before several servers.</summary>
    public async Task ReconcileAsync(int port, CancellationToken cancel)
    {
        if (options.Security.Authentication.ClientAuthority is not { } authority
            || objects.Get<ConfigMap>(Namespace, Name) is not null)
        {
            return;
        }

        var map = new ConfigMap
        {
            Metadata = new() { Namespace = Namespace, Name = Name },
            Data = ValueMap.Of(("kubeconfig", Kubeconfig(authority.Pem, port))),
        };
        await writer.CreateAsync(map, cancel);
    }

    private string Kubeconfig(string authority, int port)
    {
        var address = options.AdvertiseAddress;
        var host = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"[{address}]"
            : address.ToString();
        return $$"""
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: {{Convert.ToBase64String(Encoding.UTF8.GetBytes(authority))}}
                server: https://{{host}}:{{port}}
              name: ""
            contexts: []
            current-context: ""
            kind: Config
            preferences: {}
            users: []

            """;
    }
}
