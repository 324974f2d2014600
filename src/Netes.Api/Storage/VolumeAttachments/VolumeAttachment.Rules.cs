using Netes.Api.Core;

namespace Netes.Api.Storage;

/// <summary>Source: ValidateVolumeAttachment of pkg/apis/storage/validation/validation.go.</summary>
internal static class VolumeAttachmentRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static List<FieldError> Validate(VolumeAttachment item)
    {
        List<FieldError> errors = [];
        VolumeSourceRules.ValidateDriver(item.Spec.Attacher, Spec.Child("attacher"), errors);
        var source = Spec.Child("source");
        switch (item.Spec.Source)
        {
            case { PersistentVolumeName: null, InlineVolumeSpec: null }:
                errors.Required(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
                break;
            case { PersistentVolumeName: not null, InlineVolumeSpec: not null }:
                errors.Forbidden(source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
                break;
            case { PersistentVolumeName: "" }:
                errors.Required(source.Child("persistentVolumeName"), "must specify non empty persistentVolumeName");
                break;
        }

        errors.Invalid(Spec.Child("nodeName"), item.Spec.NodeName, Names.Dns1123Subdomain(item.Spec.NodeName));
        return errors;
    }

    public static List<FieldError> ValidateUpdate(VolumeAttachment next, VolumeAttachment old)
    {
        var errors = Validate(next);
        if (next.Spec != old.Spec)
        {
            errors.Invalid(Spec, Shown.Of(next.Spec), "field is immutable");
        }

        return errors;
    }
}
