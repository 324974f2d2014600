using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Nodes;

/// <summary>
/// The objects of the cluster over its API: what pods hold is watched, all else is asked for.
/// Source: pkg/kubelet/{configmap,secret,token}.
/// </summary>
internal sealed class ClusterObjects : IClusterObjects
{
    private readonly KubernetesClient client;
    private readonly Informer<Service> services;
    private readonly WatchedObjects<ConfigMap> configMaps;
    private readonly WatchedObjects<Secret> secrets;

    /// <param name="changed">Told the uid of a pod whose config map or secret changed.</param>
    public ClusterObjects(
        KubernetesClient client, Informer<Service> services, Action<string> changed, TimeProvider time,
        ILoggerFactory loggers)
    {
        this.client = client;
        this.services = services;
        configMaps = new(client, changed, time, loggers);
        secrets = new(client, changed, time, loggers);
    }

    /// <summary>Watches what the pod uses, until it is released.</summary>
    public void Hold(Pod pod)
    {
        var references = PodReferences.Of(pod);
        configMaps.Hold(pod.Metadata.Uid, pod.Metadata.Namespace, references.ConfigMaps);
        secrets.Hold(pod.Metadata.Uid, pod.Metadata.Namespace, references.Secrets);
    }

    public void Release(string podUid)
    {
        configMaps.Hold(podUid, "", ImmutableHashSet<string>.Empty);
        secrets.Hold(podUid, "", ImmutableHashSet<string>.Empty);
    }

    public async Task StopAsync()
    {
        await configMaps.StopAsync();
        await secrets.StopAsync();
    }

    public async Task<ConfigMap?> ConfigMapAsync(string objectNamespace, string name, CancellationToken cancel)
    {
        var (known, value) = await configMaps.GetAsync(objectNamespace, name, cancel);
        return known ? value : await GetAsync<ConfigMap>(objectNamespace, name, cancel);
    }

    public async Task<Secret?> SecretAsync(string objectNamespace, string name, CancellationToken cancel)
    {
        var (known, value) = await secrets.GetAsync(objectNamespace, name, cancel);
        return known ? value : await GetAsync<Secret>(objectNamespace, name, cancel);
    }

    public Task<PersistentVolumeClaim?> ClaimAsync(string objectNamespace, string name, CancellationToken cancel) =>
        GetAsync<PersistentVolumeClaim>(objectNamespace, name, cancel);

    public Task<PersistentVolume?> PersistentVolumeAsync(string name, CancellationToken cancel) =>
        GetAsync<PersistentVolume>("", name, cancel);

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
        return new(
            answer.Status.Token, answer.Status.ExpirationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.MinValue);
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
