using Microsoft.Extensions.Time.Testing;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class PermitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task AllPluginsAllow_PodGoesOn()
    {
        using var waiting = Waiting(("one", 10), ("other", 20));
        waiting.Allow("one");
        Assert.Equal(["other"], waiting.PendingPlugins);
        Assert.False(waiting.End.IsCompleted);
        waiting.Allow("other");
        Assert.Null(await waiting.End);
    }

    [Fact]
    public async Task OnePluginRejects_PodIsRefusedByItsName()
    {
        using var waiting = Waiting(("one", 10), ("other", 20));
        waiting.Reject("other", "not today");
        var status = await waiting.End;
        Assert.Equal(("other", "not today", true), (status!.Plugin, status.Message, status.IsRejected));
    }

    [Fact]
    public async Task TimeIsOver_PodIsRefusedInKubernetesWords()
    {
        using var waiting = Waiting(("one", 90), ("other", 20_000));
        _time.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal("rejected due to timeout after waiting 1m30s at plugin one", (await waiting.End)!.Message);
    }

    [Fact]
    public async Task LongerThanAQuarterOfAnHour_IsCut()
    {
        using var waiting = Waiting(("one", 20_000));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("rejected due to timeout after waiting 15m0s at plugin one", (await waiting.End)!.Message);
    }

    private WaitingPod Waiting(params (string Plugin, int Seconds)[] timeouts) => new(
        new PodInfo(Pod("a")),
        timeouts.ToDictionary(pair => pair.Plugin, pair => TimeSpan.FromSeconds(pair.Seconds)), _time);
}
