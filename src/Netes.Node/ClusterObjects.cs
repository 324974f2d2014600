using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Nodes;

/// <summary>The objects of the cluster over its API. Source: pkg/kubelet/{configmap,secret,token}.</summary>
public sealed class ClusterObjects(KubernetesClient client, Informer<Service> services) : IClusterObjects
{
    public Task<ConfigMap?> ConfigMapAsync(string objectNamespace, string name, CancellationToken cancel) =>
        GetAsync<ConfigMap>(objectNamespace, name, cancel);

    public Task<Secret?> SecretAsync(string objectNamespace, string name, CancellationToken cancel) =>
        GetAsync<Secret>(objectNamespace, name, cancel);

    public async Task<ServiceAccountToken> CreateTokenAsync(
        Pod pod, string audience, long expirationSeconds, CancellationToken cancel)
    {
        var account = pod.Spec.ServiceAccountName.Length > 0 ? pod.Spec.ServiceAccountName : "default";
        var request = new TokenRequest
        {
            Spec = new()
            {
                Audiences = audience.Length > 0 ? [audience] : default,
                ExpirationSeconds = expirationSeconds > 0 ? expirationSeconds : null,
                BoundObjectRef = new()
                {
                    ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid,
                },
            },
        };
        var answer = await client.CreateTokenAsync(pod.Metadata.Namespace, account, request, cancel);
        return new(answer.Status.Token, answer.Status.ExpirationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.MinValue);
    }

    public IReadOnlyList<Service> Services(string objectNamespace) => services.Cache.List(objectNamespace);

    private async Task<T?> GetAsync<T>(string objectNamespace, string name, CancellationToken cancel)
        where T : class, IResource<T>
    {
        try
        {
            return await client.GetAsync<T>(objectNamespace, name, cancel);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }
}
