namespace Netes.Api.Core;

/// <summary>Source: ValidatePodTemplateSpec of pkg/apis/core/validation/validation.go.</summary>
internal static class PodTemplateValidation
{
    public static void Validate(PodTemplateSpec template, FieldPath path, List<FieldError> errors)
    {
        ObjectMetaRules.ValidateLabels(template.Metadata.Labels, path.Child("labels"), errors);
        ObjectMetaRules.ValidateAnnotations(template.Metadata.Annotations, path.Child("annotations"), errors);
        PodSpecValidation.Validate(template.Spec, metadata: null, path.Child("spec"), errors);
        if (!template.Spec.EphemeralContainers.IsEmpty)
        {
            errors.Forbidden(
                path.Child("spec").Child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }
}
