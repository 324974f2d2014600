namespace Netes.Api.Core;

/// <summary>
/// Source: legacyValidateEvent of pkg/apis/core/validation/events.go, pkg/registry/core/event/strategy.go.
/// </summary>
internal static class EventRules
{
    public static ValueList<SelectableField<Event>> Fields { get; } =
    [
        new("involvedObject.kind", static item => item.InvolvedObject.Kind),
        new("involvedObject.namespace", static item => item.InvolvedObject.Namespace),
        new("involvedObject.name", static item => item.InvolvedObject.Name),
        new("involvedObject.uid", static item => item.InvolvedObject.Uid),
        new("involvedObject.apiVersion", static item => item.InvolvedObject.ApiVersion),
        new("involvedObject.resourceVersion", static item => item.InvolvedObject.ResourceVersion),
        new("involvedObject.fieldPath", static item => item.InvolvedObject.FieldPath),
        new("reason", static item => item.Reason),
        new("reportingComponent", static item => item.ReportingController),
        new("source", static item =>
            item.Source.Component.Length > 0 ? item.Source.Component : item.ReportingController),
        new("type", static item => item.Type),
    ];

    public static List<FieldError> Validate(Event item)
    {
        List<FieldError> errors = [];
        EventChecks.ValidateNamespace(
            item.Metadata.Namespace, item.InvolvedObject.Namespace, item.EventTime is not null,
            FieldPath.Of("involvedObject").Child("namespace"), errors);
        if (item.EventTime is not null)
        {
            EventChecks.ValidateWords(
                item.ReportingController, "reportingComponent", item.ReportingInstance, item.Action,
                item.Reason, item.Message, "message", errors);
        }

        return errors;
    }
}
