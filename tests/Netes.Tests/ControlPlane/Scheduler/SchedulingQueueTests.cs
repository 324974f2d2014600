using Microsoft.Extensions.Time.Testing;
using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class SchedulingQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SchedulerFramework _framework;
    private readonly SchedulingQueue _queue;

    public SchedulingQueueTests()
    {
        _framework = Frameworks.Create();
        _queue = new SchedulingQueue(
            _ => _framework, (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), _time);
    }

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task HigherPriority_GoesFirstThenTheLongerWaiting()
    {
        _queue.Set(null, Pod("a"));
        _queue.Set(null, Pod("b"));
        var urgent = Pod("c");
        _queue.Set(null, urgent with { Spec = urgent.Spec with { Priority = 10 } });
        Assert.Equal(["c", "a", "b"], [await PopAsync(), await PopAsync(), await PopAsync()]);
    }

    [Fact]
    public async Task Unschedulable_RestsUntilSomethingThatMayHelp()
    {
        await RestAsync("a", "NodeResourcesFit");
        _queue.Happened(new ClusterChange(ClusterEvents.NodeLabelsChanged) { Node = MakeNode("n1") });
        await NothingActiveAsync();
        _queue.Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = Pod("b", "n1") });
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task NewNodeThatCannotHelp_WakesNobody()
    {
        _queue.Set(null, Pod("a").Requesting("8", "1Gi"));
        await RestPoppedAsync("NodeResourcesFit");
        _queue.Happened(new ClusterChange(ClusterEvents.NodeAdded) { Node = MakeNode("small", "2") });
        await NothingActiveAsync();
        _queue.Happened(new ClusterChange(ClusterEvents.NodeAdded) { Node = MakeNode("large", "16") });
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task ChangeDuringTheTry_IsNotMissed()
    {
        _queue.Set(null, Pod("a"));
        var flying = await _queue.PopAsync(TestContext.Current.CancellationToken);
        _queue.Happened(new ClusterChange(ClusterEvents.AssignedPodRemoved) { Pod = Pod("b", "n1") });
        _queue.Rest(flying, Rejectors("NodeResourcesFit"));
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task DeletedDuringTheTry_DoesNotComeBack()
    {
        _queue.Set(null, Pod("a"));
        var flying = await _queue.PopAsync(TestContext.Current.CancellationToken);
        _queue.Remove(flying.Key);
        _queue.Rest(flying, Rejectors("NodeResourcesFit"));
        _time.Advance(TimeSpan.FromMinutes(10));
        await NothingActiveAsync();
    }

    [Fact]
    public async Task Error_ComesAgainAfterTheBackoff()
    {
        _queue.Set(null, Pod("a"));
        await RestPoppedAsync();
        await NothingActiveAsync();
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task ForgottenForFiveMinutes_IsTriedAgain()
    {
        await RestAsync("a", "NodeResourcesFit");
        _time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task Gated_WaitsUntilTheGatesAreGone()
    {
        var gated = Pod("a");
        gated = gated with { Spec = gated.Spec with { SchedulingGates = [new PodSchedulingGate { Name = "hold" }] } };
        _queue.Set(null, gated);
        await NothingActiveAsync();
        _queue.Set(gated, Pod("a"));
        Assert.Equal("a", await PopAsync());
    }

    [Fact]
    public async Task CancelledPop_TakesNoPod()
    {
        _queue.Set(null, Pod("a"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _queue.PopAsync(new(canceled: true)));
        Assert.Equal("a", await PopAsync());
    }

    private async Task RestAsync(string name, params string[] plugins)
    {
        _queue.Set(null, Pod(name));
        await RestPoppedAsync(plugins);
    }

    private async Task RestPoppedAsync(params string[] plugins) =>
        _queue.Rest(await _queue.PopAsync(TestContext.Current.CancellationToken), Rejectors(plugins));

    private ISchedulerPlugin[] Rejectors(params string[] names) =>
        [.. _framework.All.Where(plugin => names.Contains(plugin.Name))];

    private async Task<string> PopAsync() =>
        (await _queue.PopAsync(TestContext.Current.CancellationToken)).Info.Pod.Metadata.Name;

    private async Task NothingActiveAsync()
    {
        using var limit = new CancellationTokenSource();
        var pop = _queue.PopAsync(limit.Token);
        Assert.False(pop.IsCompleted);
        await limit.CancelAsync();

        // Before it has ended it might still take what comes.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pop);
    }
}
