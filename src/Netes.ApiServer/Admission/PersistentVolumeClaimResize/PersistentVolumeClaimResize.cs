using Netes.Api.Core;
using Netes.Api.Storage;

namespace Netes.ApiServer.Admission;

/// <summary>
/// A claim grows only when it is bound and its class allows it. Source:
/// plugin/pkg/admission/storage/persistentvolume/resize.
/// </summary>
internal sealed class PersistentVolumeClaimResize(IObjectReader objects) : IValidatingAdmissionPlugin
{
    public string Name => "PersistentVolumeClaimResize";

    public ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (!attributes.Is("", "persistentvolumeclaims") || attributes.Operation != AdmissionOperation.Update
            || attributes.Object is not PersistentVolumeClaim next
                || attributes.OldObject is not PersistentVolumeClaim old
            || next.Spec.Resources.Requests.Get("storage") <= old.Spec.Resources.Requests.Get("storage"))
        {
            return ValueTask.CompletedTask;
        }

        if (old.Status.Phase != "Bound")
        {
            throw attributes.Forbidden("Only bound persistent volume claims can be expanded");
        }

        var name = next.Metadata.Annotations.Get(DefaultStorageClass.BetaClassAnnotation)
            ?? next.Spec.StorageClassName ?? "";
        return name.Length > 0 && objects.Get<StorageClass>("", name)?.AllowVolumeExpansion == true
            ? ValueTask.CompletedTask
            : throw attributes.Forbidden(
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must "
                    + "support "
                + "resize");
    }
}
