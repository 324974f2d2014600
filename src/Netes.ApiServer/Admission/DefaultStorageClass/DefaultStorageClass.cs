using Netes.Api.Core;
using Netes.Api.Storage;

namespace Netes.ApiServer.Admission;

/// <summary>
/// A claim that names no class gets the default one. Source:
/// plugin/pkg/admission/storage/storageclass/setdefault/admission.go.
/// </summary>
internal sealed class DefaultStorageClass(IObjectReader objects) : IMutatingAdmissionPlugin
{
    internal const string BetaClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string DefaultAnnotation = "storageclass.kubernetes.io/is-default-class";
    private const string BetaDefaultAnnotation = "storageclass.beta.kubernetes.io/is-default-class";

    public string Name => "DefaultStorageClass";

    public ValueTask<object?> MutateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Is("", "persistentvolumeclaims") && attributes.Operation == AdmissionOperation.Create
            && attributes.Object is PersistentVolumeClaim { Spec.StorageClassName: null } claim
            && !claim.Metadata.Annotations.ContainsKey(BetaClassAnnotation)
            && Find() is { } chosen)
        {
            return new(claim with { Spec = claim.Spec with { StorageClassName = chosen.Metadata.Name } });
        }

        return new(attributes.Object);
    }

    /// <summary>The newest default class; of equally old ones the first by name.</summary>
    private StorageClass? Find() => objects.List<StorageClass>("")
        .Where(static candidate => IsDefault(candidate, DefaultAnnotation)
            || IsDefault(candidate, BetaDefaultAnnotation))
        .OrderByDescending(static candidate => candidate.Metadata.CreationTimestamp?.UnixSeconds ?? 0)
        .ThenBy(static candidate => candidate.Metadata.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool IsDefault(StorageClass candidate, string annotation) =>
        candidate.Metadata.Annotations.Get(annotation, "") == "true";
}
