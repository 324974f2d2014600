using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Autoscaling.V1;
using Netes.Api.Core;
using Netes.Api.Policy;

namespace Netes.Client;

public sealed partial class KubernetesClient
{
    /// <summary>Puts a pod on a node. Source: pkg/registry/core/pod/storage/storage.go, BindingREST.</summary>
    public async Task BindAsync(Binding binding, CancellationToken cancel = default) =>
        await AnswerAsync(HttpMethod.Post, PodPath(binding.Metadata, "binding"), Wire.Encode(binding), cancel);

    /// <summary>Deletes a pod if its disruption budgets allow it; 429 when they do not.</summary>
    public async Task EvictAsync(Eviction eviction, CancellationToken cancel = default) =>
        await AnswerAsync(HttpMethod.Post, PodPath(eviction.Metadata, "eviction"), Wire.Encode(eviction), cancel);

    /// <summary>
    /// A bound token of a service account. Source: pkg/registry/core/serviceaccount/storage/token.go.
    /// </summary>
    public async Task<TokenRequest> CreateTokenAsync(
        string ns, string serviceAccount, TokenRequest request, CancellationToken cancel = default)
    {
        var path = ApiPaths.Subresource(ServiceAccount.Resource, ns, serviceAccount, "token");
        return Wire.Decode<TokenRequest>(await AnswerAsync(HttpMethod.Post, path, Wire.Encode(request), cancel));
    }

    public async Task<Scale> GetScaleAsync<T>(string ns, string name, CancellationToken cancel = default)
        where T : class, IResource<T>
    {
        var path = ApiPaths.Subresource(T.Resource, ns, name, "scale");
        return Wire.Decode<Scale>(await AnswerAsync(HttpMethod.Get, path, default, cancel));
    }

    public async Task<Scale> UpdateScaleAsync<T>(Scale scale, CancellationToken cancel = default)
        where T : class, IResource<T>
    {
        var path = ApiPaths.Subresource(T.Resource, scale.Metadata.Namespace, scale.Metadata.Name, "scale");
        return Wire.Decode<Scale>(await AnswerAsync(HttpMethod.Put, path, Wire.Encode(scale), cancel));
    }

    private static string PodPath(Api.Meta.ObjectMeta metadata, string subresource) =>
        ApiPaths.Subresource(Pod.Resource, metadata.Namespace, metadata.Name, subresource);
}
