using Netes.Api.Core;

namespace Netes.Api.Nodes;

/// <summary>Source: pkg/apis/node/validation/validation.go.</summary>
internal static class RuntimeClassRules
{
    public static List<FieldError> Validate(RuntimeClass item)
    {
        List<FieldError> errors = [];
        errors.Invalid(FieldPath.Of("handler"), item.Handler, Names.Dns1123Label(item.Handler));
        if (item.Overhead is { } overhead)
        {
            PodResourceValidation.ValidateContainer(ResourceRequirements.Empty with { Limits = overhead.PodFixed }, [],
                FieldPath.Of("overhead").Child("podFixed"), errors);
        }

        if (item.Scheduling is { } scheduling)
        {
            var path = FieldPath.Of("scheduling");
            ObjectMetaRules.ValidateLabels(scheduling.NodeSelector, path.Child("nodeSelector"), errors);
            SchedulingValidation.ValidateTolerations(scheduling.Tolerations, path.Child("tolerations"), errors);
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(RuntimeClass next, RuntimeClass old)
    {
        List<FieldError> errors = [];
        errors.Immutable(FieldPath.Of("handler"), next.Handler, old.Handler);
        return errors;
    }
}
