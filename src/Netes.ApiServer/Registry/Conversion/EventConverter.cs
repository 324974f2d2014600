using Netes.Api;
using CoreEvent = Netes.Api.Core.Event;
using CoreSeries = Netes.Api.Core.EventSeries;
using NewEvent = Netes.Api.Events.Event;
using NewSeries = Netes.Api.Events.EventSeries;

namespace Netes.ApiServer.Registry;

/// <summary>events.k8s.io/v1 on the storage of v1 events. Source: pkg/apis/events/v1/conversion.go.</summary>
internal sealed class EventConverter : IVersionConverter
{
    public static EventConverter Instance { get; } = new();

    public IKubernetesObject ToStored(IKubernetesObject served)
    {
        var value = (NewEvent)served;
        return new CoreEvent
        {
            Metadata = value.Metadata,
            InvolvedObject = value.Regarding,
            Reason = value.Reason,
            Message = value.Note,
            Source = value.DeprecatedSource,
            FirstTimestamp = value.DeprecatedFirstTimestamp,
            LastTimestamp = value.DeprecatedLastTimestamp,
            Count = value.DeprecatedCount,
            Type = value.Type,
            EventTime = value.EventTime,
            Series = value.Series is { } series
                ? new CoreSeries { Count = series.Count, LastObservedTime = series.LastObservedTime }
                : null,
            Action = value.Action,
            Related = value.Related,
            ReportingController = value.ReportingController,
            ReportingInstance = value.ReportingInstance,
        };
    }

    public IKubernetesObject FromStored(IKubernetesObject stored)
    {
        var value = (CoreEvent)stored;
        return new NewEvent
        {
            Metadata = value.Metadata,
            Regarding = value.InvolvedObject,
            Reason = value.Reason,
            Note = value.Message,
            DeprecatedSource = value.Source,
            DeprecatedFirstTimestamp = value.FirstTimestamp,
            DeprecatedLastTimestamp = value.LastTimestamp,
            DeprecatedCount = value.Count,
            Type = value.Type,
            EventTime = value.EventTime,
            Series = value.Series is { } series
                ? new NewSeries { Count = series.Count, LastObservedTime = series.LastObservedTime }
                : null,
            Action = value.Action,
            Related = value.Related,
            ReportingController = value.ReportingController,
            ReportingInstance = value.ReportingInstance,
        };
    }
}
