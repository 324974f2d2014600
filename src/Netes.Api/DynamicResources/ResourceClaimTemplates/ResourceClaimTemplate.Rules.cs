namespace Netes.Api.DynamicResources;

/// <summary>Source: ValidateResourceClaimTemplate of pkg/apis/resource/validation/validation.go.</summary>
internal static class ResourceClaimTemplateRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static ResourceClaimTemplate Default(ResourceClaimTemplate template) => template with
    {
        Spec = template.Spec with { Spec = DeviceClaimRules.Default(template.Spec.Spec) },
    };

    public static List<FieldError> Validate(ResourceClaimTemplate template)
    {
        List<FieldError> errors = [];
        var (metadata, path) = (template.Spec.Metadata, Spec.Child("metadata"));
        ObjectMetaRules.ValidateAnnotations(metadata.Annotations, path.Child("annotations"), errors);
        ObjectMetaRules.ValidateLabels(metadata.Labels, path.Child("labels"), errors);
        DeviceClaimRules.Validate(template.Spec.Spec, Spec.Child("spec"), errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(ResourceClaimTemplate next, ResourceClaimTemplate old)
    {
        List<FieldError> errors = [];
        errors.Immutable(Spec, next.Spec, old.Spec);
        return errors;
    }
}
