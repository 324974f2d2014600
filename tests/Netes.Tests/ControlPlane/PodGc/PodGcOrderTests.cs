using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.PodGc;

/// <summary>Which finished pods go first when there are too many.</summary>
public sealed class PodGcOrderTests
{
    [Fact]
    public void EvictedPods_goBeforeOlderOnes() => Assert.Equal(
        ["evicted-old", "evicted", "a", "b", "running-out", "young"],
        PodGcController.FirstToGo(
        [
            Finished("young", 9, PodPhase.Succeeded),
            Finished("b", 1, PodPhase.Failed),
            Finished("evicted", 8, PodPhase.Failed, "Evicted"),
            Finished("a", 1, PodPhase.Succeeded),
            Finished("evicted-old", 2, PodPhase.Failed, "Evicted"),
            Finished("running-out", 3, PodPhase.Failed, "DeadlineExceeded"),
        ]).Select(pod => pod.Metadata.Name));

    private static Pod Finished(string name, int hour, string phase, string reason = "") => new()
    {
        Metadata = new()
        {
            Name = name, CreationTimestamp = Timestamp.From(new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero)),
        },
        Status = new() { Phase = phase, Reason = reason },
    };
}
