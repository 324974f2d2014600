using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Event")]
[ApiKind("", "v1", "Event")]
public sealed partial record Event : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", Required = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "involvedObject", Required = true)]
    public partial ObjectReference InvolvedObject { get; init; }

    [Field(3, "reason", OmitEmpty = true)]
    public partial string Reason { get; init; }

    [Field(4, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    [Field(5, "source", OmitEmpty = true)]
    public partial EventSource Source { get; init; }

    [Field(6, "firstTimestamp")]
    public partial Timestamp? FirstTimestamp { get; init; }

    [Field(7, "lastTimestamp")]
    public partial Timestamp? LastTimestamp { get; init; }

    [Field(8, "count", OmitEmpty = true)]
    public partial int Count { get; init; }

    [Field(9, "type", OmitEmpty = true)]
    public partial string Type { get; init; }

    [Field(10, "eventTime")]
    public partial MicroTimestamp? EventTime { get; init; }

    [Field(11, "series", OmitEmpty = true)]
    public partial EventSeries? Series { get; init; }

    [Field(12, "action", OmitEmpty = true)]
    public partial string Action { get; init; }

    [Field(13, "related", OmitEmpty = true)]
    public partial ObjectReference? Related { get; init; }

    [Field(14, "reportingComponent")]
    public partial string ReportingController { get; init; }

    [Field(15, "reportingInstance")]
    public partial string ReportingInstance { get; init; }
}

/// <summary>A list of objects of kind Event.</summary>
[ApiType("io.k8s.api.core.v1.EventList")]
[ApiKind("", "v1", "EventList")]
public sealed partial record EventList : IKubernetesList<Event>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<Event> Items { get; init; }
}

[ApiType("io.k8s.api.core.v1.EventSeries")]
public sealed partial record EventSeries
{
    [Field(1, "count", OmitEmpty = true)]
    public partial int Count { get; init; }

    [Field(2, "lastObservedTime")]
    public partial MicroTimestamp? LastObservedTime { get; init; }
}

[ApiType("io.k8s.api.core.v1.EventSource")]
public sealed partial record EventSource
{
    [Field(1, "component", OmitEmpty = true)]
    public partial string Component { get; init; }

    [Field(2, "host", OmitEmpty = true)]
    public partial string Host { get; init; }
}
