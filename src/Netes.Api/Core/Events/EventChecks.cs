namespace Netes.Api.Core;

/// <summary>What holds for events of both APIs. Source: pkg/apis/core/validation/events.go.</summary>
internal static class EventChecks
{
    private const int WordLength = 128;
    private const int NoteLength = 1024;

    /// <summary>An event lives where its object lives; events of cluster-wide objects in <c>default</c>.</summary>
    public static void ValidateNamespace(
        string space, string objectSpace, bool isNew, FieldPath path, List<FieldError> errors)
    {
        var agrees = objectSpace.Length > 0
            ? objectSpace == space
            : space is "" or "default" || (isNew && space == "kube-system");
        if (!agrees)
        {
            errors.Invalid(path, objectSpace, "does not match event.namespace");
        }
    }

    /// <summary>What an event with an eventTime must say.</summary>
    public static void ValidateWords(
        string controller, string controllerField, string instance, string action, string reason, string note,
        string noteField, List<FieldError> errors)
    {
        errors.RequireText(FieldPath.Of(controllerField), controller);
        errors.Invalid(FieldPath.Of(controllerField), controller, Names.QualifiedName(controller));
        foreach (var (field, word) in ((string, string)[])
            [("reportingInstance", instance), ("action", action), ("reason", reason)])
        {
            errors.RequireText(FieldPath.Of(field), word);
            if (word.Length > WordLength)
            {
                errors.Invalid(FieldPath.Of(field), "", $"can have at most {WordLength} characters");
            }
        }

        if (note.Length > NoteLength)
        {
            errors.Invalid(FieldPath.Of(noteField), "", $"can have at most {NoteLength} characters");
        }
    }
}
