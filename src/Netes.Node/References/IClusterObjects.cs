using Netes.Api.Core;

namespace Netes.Nodes;

/// <summary>A token of a service account and when it ends.</summary>
public sealed record ServiceAccountToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// The objects of the cluster that a pod refers to. A missing object is null; any other failure throws.
/// Calls may overlap.
/// </summary>
public interface IClusterObjects
{
    Task<ConfigMap?> ConfigMapAsync(string objectNamespace, string name, CancellationToken cancel);

    Task<Secret?> SecretAsync(string objectNamespace, string name, CancellationToken cancel);

    Task<PersistentVolumeClaim?> ClaimAsync(string objectNamespace, string name, CancellationToken cancel);

    Task<PersistentVolume?> PersistentVolumeAsync(string name, CancellationToken cancel);

    /// <summary>A token bound to the pod. Zero seconds: the server's default lifetime.</summary>
    Task<ServiceAccountToken> CreateTokenAsync(
        Pod pod, string audience, long expirationSeconds, CancellationToken cancel);

    /// <summary>The services of a namespace, as last seen.</summary>
    IReadOnlyList<Service> Services(string objectNamespace);
}
