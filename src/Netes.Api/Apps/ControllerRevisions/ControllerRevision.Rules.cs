namespace Netes.Api.Apps;

/// <summary>Source: ValidateControllerRevision of pkg/apis/apps/validation/validation.go.</summary>
internal static class ControllerRevisionRules
{
    public static List<FieldError> Validate(ControllerRevision revision)
    {
        List<FieldError> errors = [];
        if (revision.Data is null)
        {
            errors.Required(FieldPath.Of("data"), "data is mandatory");
        }

        errors.NotNegative(FieldPath.Of("revision"), revision.Revision);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(ControllerRevision next, ControllerRevision old)
    {
        var errors = Validate(next);
        if (!Equals(next.Data, old.Data))
        {
            errors.Invalid(FieldPath.Of("data"), next.Data is { } data ? new Shown(data.ToString()) : null,
                ObjectMetaRules.Immutable);
        }

        return errors;
    }
}
