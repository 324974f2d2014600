using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.ApiServer.Admission;

/// <summary>
/// New claims and volumes get the finalizers by which they outlive their use. Source:
/// plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go.
/// </summary>
internal sealed class StorageObjectInUseProtection : IMutatingAdmissionPlugin
{
    private const string OfClaims = "kubernetes.io/pvc-protection";
    private const string OfVolumes = "kubernetes.io/pv-protection";

    public string Name => "StorageObjectInUseProtection";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel) =>
        new(attributes.Operation != AdmissionOperation.Create || attributes.Subresource.Length > 0
            ? attributes.Object
            : attributes.Object switch
            {
                PersistentVolumeClaim claim => claim with { Metadata = Protected(claim.Metadata, OfClaims) },
                PersistentVolume volume => volume with { Metadata = Protected(volume.Metadata, OfVolumes) },
                var other => other,
            });

    private static ObjectMeta Protected(ObjectMeta metadata, string finalizer) =>
        metadata.Finalizers.Contains(finalizer)
            ? metadata
            : metadata with { Finalizers = metadata.Finalizers.Add(finalizer) };
}
