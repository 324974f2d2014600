namespace Netes.Api.Core;

/// <summary>Source: ValidatePodTemplate of pkg/apis/core/validation/validation.go.</summary>
internal static class PodTemplateRules
{
    public static PodTemplate Default(PodTemplate item) =>
        item with { Template = PodSpecDefaults.Apply(item.Template) };

    public static List<FieldError> Validate(PodTemplate item)
    {
        List<FieldError> errors = [];
        PodTemplateValidation.Validate(item.Template, FieldPath.Of("template"), errors);
        return errors;
    }
}
