using Netes.Api.Core;

namespace Netes.Api.Events;

/// <summary>Source: ValidateEventCreate and ValidateEventUpdate of pkg/apis/core/validation/events.go.</summary>
internal static class EventRules
{
    public static ValueList<SelectableField<Event>> Fields { get; } =
    [
        new("regarding.kind", static item => item.Regarding.Kind),
        new("regarding.namespace", static item => item.Regarding.Namespace),
        new("regarding.name", static item => item.Regarding.Name),
        new("regarding.uid", static item => item.Regarding.Uid),
        new("regarding.apiVersion", static item => item.Regarding.ApiVersion),
        new("regarding.resourceVersion", static item => item.Regarding.ResourceVersion),
        new("regarding.fieldPath", static item => item.Regarding.FieldPath),
        new("reason", static item => item.Reason),
        new("reportingController", static item => item.ReportingController),
        new("type", static item => item.Type),
    ];

    public static List<FieldError> Validate(Event item)
    {
        List<FieldError> errors = [];
        EventChecks.ValidateNamespace(item.Metadata.Namespace, item.Regarding.Namespace, isNew: true,
            FieldPath.Of("regarding").Child("namespace"), errors);
        if (item.EventTime is null)
        {
            errors.Required(FieldPath.Of("eventTime"));
        }

        EventChecks.ValidateWords(item.ReportingController, "reportingController", item.ReportingInstance, item.Action,
            item.Reason, item.Note, "note", errors);
        if (item.Type is not ("Normal" or "Warning"))
        {
            errors.Invalid(FieldPath.Of("type"), "", $"has invalid value: {item.Type}");
        }

        ValidateSeries(item, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(Event next, Event old)
    {
        List<FieldError> errors = [];
        errors.Immutable(FieldPath.Of("reportingController"), next.ReportingController, old.ReportingController);
        errors.Immutable(FieldPath.Of("reportingInstance"), next.ReportingInstance, old.ReportingInstance);
        errors.Immutable(FieldPath.Of("action"), next.Action, old.Action);
        errors.Immutable(FieldPath.Of("reason"), next.Reason, old.Reason);
        errors.Immutable(FieldPath.Of("regarding"), next.Regarding, old.Regarding);
        errors.Immutable(FieldPath.Of("note"), next.Note, old.Note);
        errors.Immutable(FieldPath.Of("type"), next.Type, old.Type);
        errors.ImmutableValue(FieldPath.Of("eventTime"), next.EventTime, old.EventTime);
        ValidateSeries(next, errors);
        return errors;
    }

    private static void ValidateSeries(Event item, List<FieldError> errors)
    {
        if (item.Series is not { } series)
        {
            return;
        }

        if (series.Count < 2)
        {
            errors.Invalid(FieldPath.Of("series").Child("count"), "", "should be at least 2");
        }

        if (series.LastObservedTime is null)
        {
            errors.Required(FieldPath.Of("series").Child("lastObservedTime"));
        }
    }
}
