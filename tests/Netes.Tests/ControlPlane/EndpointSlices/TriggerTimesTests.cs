using Netes.Api;
using Netes.Api.Core;
using Netes.Client;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.EndpointSlices;

public sealed class TriggerTimesTests
{
    private static readonly Service Web = new()
    {
        Metadata = new()
        {
            Namespace = "default", Name = "web", Uid = "1", CreationTimestamp = Timestamp.From(Now.AddHours(-1)),
        },
    };

    [Fact]
    public void FirstTime_isTheServicesCreation() =>
        Assert.Equal(Web.Metadata.CreationTimestamp, new TriggerTimes().Next(Web, [Pod("a", readySeconds: 5)]));

    [Fact]
    public void LaterChanges_areToldByTheEarliest()
    {
        var times = new TriggerTimes();
        times.Next(Web, [Pod("a", readySeconds: 100)]);
        Assert.Null(times.Next(Web, [Pod("a", readySeconds: 100)]));
        Assert.Equal(Timestamp.From(Now.AddSeconds(-20)),
            times.Next(Web, [Pod("a", readySeconds: 10), Pod("b", readySeconds: 20)]));
        times.Forget(ObjectKey.Of(Web));
        Assert.Equal(Web.Metadata.CreationTimestamp, times.Next(Web, []));
    }

    [Fact]
    public void Annotation_isTheTimeOrNotThere()
    {
        var annotations = TriggerTimes.Annotate(default, Timestamp.From(Now));
        Assert.Equal("2026-01-01T12:00:00Z", annotations["endpoints.kubernetes.io/last-change-trigger-time"]);
        Assert.True(TriggerTimes.Annotate(annotations, null).IsEmpty);
    }
}
