using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Events;

[ApiType("io.k8s.api.events.v1.Event")]
[ApiKind("events.k8s.io", "v1", "Event")]
public sealed partial record Event : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata")]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "eventTime", Required = true)]
    public partial MicroTimestamp? EventTime { get; init; }

    [Field(3, "series", OmitEmpty = true)]
    public partial EventSeries? Series { get; init; }

    [Field(4, "reportingController", OmitEmpty = true)]
    public partial string ReportingController { get; init; }

    [Field(5, "reportingInstance", OmitEmpty = true)]
    public partial string ReportingInstance { get; init; }

    [Field(6, "action", OmitEmpty = true)]
    public partial string Action { get; init; }

    [Field(7, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(8, "regarding", OmitEmpty = true)]
    public partial ObjectReference Regarding { get; init; }

    [Field(9, "related", OmitEmpty = true)]
    public partial ObjectReference? Related { get; init; }

    [Field(10, "note", OmitEmpty = true)]
    public partial string Note { get; init; }

    [Field(11, "type", OmitEmpty = true)]
    public partial string Type { get; init; }

    [Field(12, "deprecatedSource", OmitEmpty = true)]
    public partial EventSource DeprecatedSource { get; init; }

    [Field(13, "deprecatedFirstTimestamp")]
    public partial Timestamp? DeprecatedFirstTimestamp { get; init; }

    [Field(14, "deprecatedLastTimestamp")]
    public partial Timestamp? DeprecatedLastTimestamp { get; init; }

    [Field(15, "deprecatedCount", OmitEmpty = true)]
    public partial int DeprecatedCount { get; init; }
}

/// <summary>A list of objects of kind Event.</summary>
[ApiType("io.k8s.api.events.v1.EventList")]
[ApiKind("events.k8s.io", "v1", "EventList")]
public sealed partial record EventList : IKubernetesList<Event>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Event> Items { get; init; }
}

[ApiType("io.k8s.api.events.v1.EventSeries")]
public sealed partial record EventSeries
{
    [Field(1, "count", Required = true)]
    public partial int Count { get; init; }

    [Field(2, "lastObservedTime", Required = true)]
    public partial MicroTimestamp? LastObservedTime { get; init; }
}
