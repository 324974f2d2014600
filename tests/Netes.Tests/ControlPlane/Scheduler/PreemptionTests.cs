using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class PreemptionTests
{
    private readonly SchedulerCache _cache = new();
    private readonly Snapshot _snapshot = new();
    private readonly SchedulerFramework _framework;

    public PreemptionTests() => _framework = Frameworks.Create(_snapshot);

    [Fact]
    public void Budget_IsBrokenOnlyIfThereIsNoOtherWay()
    {
        _cache.SetPod(Prioritized(Labelled(Pod("kept", "n1").Requesting("3", "1Gi"), "kept"), 1));
        _cache.SetPod(Prioritized(Labelled(Pod("free", "n2").Requesting("3", "1Gi"), "free"), 50));
        var budget = Budget("kept", allowed: 0);

        // Without the budget the lower priority goes; with it the one that nothing keeps.
        Assert.Equal("n1", Best([], "n1", "n2").Node.Name);
        Assert.Equal("n2", Best([budget], "n1", "n2").Node.Name);
        Assert.Equal(1, Best([budget], "n1").Violations);
    }

    [Fact]
    public void BudgetWithRoom_KeepsNobody()
    {
        _cache.SetPod(Prioritized(Labelled(Pod("kept", "n1").Requesting("3", "1Gi"), "kept"), 1));
        Assert.Equal(0, Best([Budget("kept", allowed: 1)], "n1").Violations);
        var disrupted = Budget("kept", allowed: 0);
        disrupted = disrupted with
        {
            Status = disrupted.Status with
            {
                DisruptedPods = ValueMap.Of(("kept", Timestamp.From(Now))),
            },
        };
        Assert.Equal(0, Best([disrupted], "n1").Violations);
    }

    [Fact]
    public void EqualVictims_LaterStartGoes()
    {
        _cache.SetPod(Started(Prioritized(Pod("old", "n1").Requesting("3", "1Gi"), 1), 500));
        _cache.SetPod(Started(Prioritized(Pod("young", "n2").Requesting("3", "1Gi"), 1), 100));
        Assert.Equal("n2", Best([], "n1", "n2").Node.Name);
    }

    [Fact]
    public void AntiAffinityOfAVictim_IsGoneWithIt()
    {
        var apart = Labelled(Prioritized(Pod("apart", "n1"), 1), "apart");
        _cache.SetPod(apart with { Spec = apart.Spec with { Affinity = Apart("web") } });
        var victims = Best([], "n1");
        Assert.Equal("apart", Assert.Single(victims.Pods).Key.Name);
    }

    [Fact]
    public async Task UrgentPod_TakesThePlaceOfAnother()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, TestCluster.Cancel);
        foreach (var value in new[] { 1, 1000 })
        {
            await cluster.Client.CreateAsync(
                new Netes.Api.Scheduling.PriorityClass { Metadata = new() { Name = $"p{value}" }, Value = value },
                TestCluster.Cancel);
        }

        await CreateNodeAsync(cluster, MakeNode("n1"));
        await cluster.Client.PatchAsync<Netes.Api.Core.Node>(
            "", "n1", Netes.Client.Patch.Merge("""{"spec":{"taints":null}}"""), "", TestCluster.Cancel);
        var scheduler = new SchedulerService(
            SchedulerOptions.Default, Netes.Host.ControlPlaneParts.Client(cluster.Server, "system:kube-scheduler"),
            TimeProvider.System, new Random(1), TestCluster.Loggers);
        cluster.Run(scheduler.RunAsync);
        await cluster.Client.CreateAsync(ToCreate(OfClass("low", "p1")), TestCluster.Cancel);
        await cluster.WaitForAsync<Pod>("default", "low", pod => pod?.Spec.NodeName == "n1");
        await cluster.Client.CreateAsync(ToCreate(OfClass("urgent", "p1000")), TestCluster.Cancel);
        var victim = await cluster.WaitForAsync<Pod>(
            "default", "low", pod => pod is null || pod.Metadata.DeletionTimestamp is not null);
        if (victim is not null)
        {
            var condition = Condition(victim, "DisruptionTarget");
            Assert.Equal("PreemptionByScheduler", condition!.Reason);
            Assert.Equal("default-scheduler: preempting to accommodate a higher priority pod", condition.Message);
            await cluster.WaitForAsync<Pod>("default", "urgent", pod => pod?.Status.NominatedNodeName == "n1");
            await cluster.Client.DeleteAsync<Pod>(
                "default", "low", new Netes.Api.Meta.DeleteOptions { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        }

        var urgent = await cluster.WaitForAsync<Pod>("default", "urgent", pod => pod?.Spec.NodeName == "n1");
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item =>
            item.Reason == "Preempted" && item.InvolvedObject.Name == "low"
            && item.Message == $"Preempted by pod {urgent!.Metadata.Uid} on node n1"));
    }

    /// <summary>The victims that hurt least when an urgent pod of three CPUs wants in.</summary>
    private Victims Best(PodDisruptionBudget[] budgets, params string[] nodes)
    {
        foreach (var name in nodes)
        {
            _cache.SetNode(MakeNode(name));
        }

        _cache.Update(_snapshot);
        var pod = new PodInfo(Prioritized(Pod("urgent").Requesting("3", "1Gi"), 100));
        var state = new CycleState();
        Assert.Null(_framework.RunPreFilters(state, pod, _snapshot, out _, out _));
        var candidates = nodes.Select(name =>
        {
            var victims = new VictimSelection(_framework, pod, budgets)
                .Select(state, _snapshot.Get(name)!, out var refusal);
            Assert.Null(refusal);
            return victims!;
        });
        return VictimSelection.Best([.. candidates]);
    }

    private static Pod OfClass(string name, string priority)
    {
        var pod = Pod(name).Requesting("3", "1Gi");
        return pod with { Spec = pod.Spec with { PriorityClassName = priority } };
    }

    private static Pod Prioritized(Pod pod, int priority) =>
        pod with { Spec = pod.Spec with { Priority = priority } };

    private static Pod Labelled(Pod pod, string app) =>
        pod with { Metadata = pod.Metadata with { Labels = ValueMap.Of(("app", app)) } };

    private static Pod Started(Pod pod, int secondsAgo) =>
        pod with { Status = pod.Status with { StartTime = Timestamp.From(Now.AddSeconds(-secondsAgo)) } };

    private static Affinity Apart(string app) => new()
    {
        PodAntiAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution =
            [
                new PodAffinityTerm
                {
                    TopologyKey = "kubernetes.io/hostname",
                    LabelSelector = new() { MatchLabels = ValueMap.Of(("app", app)) },
                },
            ],
        },
    };

    private static PodDisruptionBudget Budget(string app, int allowed) => new()
    {
        Metadata = new() { Namespace = "default", Name = app },
        Spec = new() { Selector = new() { MatchLabels = ValueMap.Of(("app", app)) } },
        Status = new() { DisruptionsAllowed = allowed },
    };
}
