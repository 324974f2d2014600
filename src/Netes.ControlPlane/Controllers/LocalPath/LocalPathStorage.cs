using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>The class of storage that a cluster begins with.</summary>
public static class LocalPathStorage
{
    public const string ClassName = "local-path";

    /// <summary>
    /// Makes the class when it is not there. What an administrator made of it stays: to have another default, or
    /// none, he takes the annotation's <c>true</c> away.
    /// </summary>
    public static async Task EnsureClassAsync(KubernetesClient client, CancellationToken cancel)
    {
        try
        {
            await client.GetAsync<StorageClass>("", ClassName, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            await CreateAsync(client, cancel);
        }
    }

    private static async Task CreateAsync(KubernetesClient client, CancellationToken cancel)
    {
        try
        {
            await client.CreateAsync(
                new StorageClass
                {
                    Metadata = new()
                    {
                        Name = ClassName,
                        Annotations = ValueMap.Of(("storageclass.kubernetes.io/is-default-class", "true")),
                    },
                    Provisioner = LocalPathVolumes.Provisioner,
                    ReclaimPolicy = PersistentVolumeReclaimPolicy.Delete,
                    VolumeBindingMode = VolumeBindingMode.WaitForFirstConsumer,
                }, cancel);
        }
        catch (ApiException failure) when (failure.IsAlreadyExists)
        {
            // Another server was faster.
        }
    }
}
