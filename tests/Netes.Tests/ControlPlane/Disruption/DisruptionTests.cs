using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Policy;
using Netes.Tests.ControlPlane.Crashes;
using Netes.Tests.ControlPlane.Jobs;
using Patch = Netes.Client.Patch;

namespace Netes.Tests.ControlPlane.Disruption;

/// <summary>Budgets and evictions on a real API server with the controllers; the clock runs fast.</summary>
public sealed class DisruptionTests
{
    private static readonly string[] Accounts =
    [
        "disruption-controller", "deployment-controller", "replicaset-controller", "job-controller",
        "generic-garbage-collector", "service-account-controller",
    ];

    [Fact]
    public async Task Budget_CountsByTheDeploymentAndEvictionsKeepIt()
    {
        var isBusy = false;
        await using var world = await JobWorld.StartAsync(
            Accounts, (_, _) => Volatile.Read(ref isBusy) ? null : PlayedKubelet.Running);
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        var web = Objects.Deployment(3);
        web = web with
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = web.Spec with
            {
                Template = web.Spec.Template with { Spec = web.Spec.Template.Spec with { NodeName = "n1" } },
            },
        };
        await client.CreateAsync(web, TestCluster.Cancel);
        await client.CreateAsync(Budget(unavailable: 1), TestCluster.Cancel);
        var budget = await cluster.WaitForAsync<PodDisruptionBudget>(
            "default", "b", found => found is { Status.DisruptionsAllowed: 1 });
        Assert.Equal((3, 3, 2, "SufficientPods"), (budget!.Status.ExpectedPods, budget.Status.CurrentHealthy,
            budget.Status.DesiredHealthy, budget.Status.Conditions[0].Reason));
        var pods = (await client.ListAsync<Pod>("default", null, TestCluster.Cancel)).Items.ToArray();

        // Until the second eviction was asked for, the next pod does not run.
        Volatile.Write(ref isBusy, true);
        await EvictAsync(client, pods[0]);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => EvictAsync(client, pods[1]));
        Assert.Equal((429, "DisruptionBudget"),
            (refusal.Status.Code, refusal.Status.Details!.Causes[0].Type));

        // The deployment makes another pod, and when it runs one may go again.
        var made = await cluster.WaitForListAsync<Pod>("default", items => items.Any(IsNew));
        Volatile.Write(ref isBusy, false);
        await client.PatchAsync<Pod>("default", made.First(IsNew).Metadata.Name, Patch.Merge(
            """{"metadata":{"annotations":{"node":"has time"}}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<PodDisruptionBudget>("default", "b", found =>
            found is { Status: { DisruptionsAllowed: 1, CurrentHealthy: 3, DisruptedPods.IsEmpty: true } });

        bool IsNew(Pod pod) => pods.All(other => other.Metadata.Name != pod.Metadata.Name);
    }

    [Fact]
    public async Task PodsOfAJob_HaveNoSizeAndNothingIsAllowed()
    {
        await using var world = await WorldAsync();
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        var job = JobObjects.NewJob();
        await client.CreateAsync(
            job with
            {
                Spec = job.Spec with
                {
                    Template = job.Spec.Template with { Metadata = new() { Labels = ValueMap.Of(("app", "web")) } },
                },
            },
            TestCluster.Cancel);
        await client.CreateAsync(Budget(unavailable: 1), TestCluster.Cancel);
        var budget = await cluster.WaitForAsync<PodDisruptionBudget>("default", "b", found =>
            found is { Status.Conditions: [{ Reason: "SyncFailed" }] });
        Assert.Equal("jobs.batch does not implement the scale subresource", budget!.Status.Conditions[0].Message);
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item => item is
        {
            Reason: "CalculateExpectedPodCountFailed",
            Message: "Failed to calculate the number of expected pods: "
                + "jobs.batch does not implement the scale subresource",
        }));
    }

    [Fact]
    public async Task SizeThatTheServerDoesNotTell_NothingIsAllowedUntilItDoes()
    {
        var isDown = false;
        await using var world = await JobWorld.StartAsync(
            Accounts, (_, _) => PlayedKubelet.Running,
            request => Volatile.Read(ref isDown) && request.PathAndQuery == "/apis/acme.io/v1");
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        await client.CreateAsync(Budget(available: 1), TestCluster.Cancel);
        var owned = WorkloadTests.ToCreate(Objects.Pod("a", "n1"));
        var config = await client.CreateAsync(
            new ConfigMap { Metadata = new() { Namespace = "default", Name = "c" } }, TestCluster.Cancel);
        await client.CreateAsync(owned with
        {
            Metadata = owned.Metadata with
            {
                OwnerReferences =
                [
                    new() { ApiVersion = "acme.io/v1", Kind = "Herd", Name = "h", Uid = "h", Controller = true },
                    new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "c", Uid = config.Metadata.Uid },
                ],
            },
        }, TestCluster.Cancel);
        await client.CreateAsync(WorkloadTests.ToCreate(Objects.Pod("b", "n1")), TestCluster.Cancel);
        await cluster.WaitForAsync<PodDisruptionBudget>(
            "default", "b", found => found is { Status.DisruptionsAllowed: 1 });
        Volatile.Write(ref isDown, true);
        await client.PatchAsync<PodDisruptionBudget>("default", "b", Patch.Merge(
            """{"spec":{"maxUnavailable":1,"minAvailable":null}}"""), "", TestCluster.Cancel);
        var budget = await cluster.WaitForAsync<PodDisruptionBudget>(
            "default", "b", found => found is { Status.DisruptionsAllowed: 0 });
        Assert.Equal(("SyncFailed", "not now"),
            (budget!.Status.Conditions[0].Reason, budget.Status.Conditions[0].Message));
        Volatile.Write(ref isDown, false);
        await cluster.WaitForAsync<PodDisruptionBudget>("default", "b", found => found is
        {
            Status.Conditions: [{ Message: "no matches for kind \"Herd\" in version \"acme.io/v1\"" }],
        });
    }

    [Fact]
    public async Task PodWithoutController_IsToldAndSetsNoSize()
    {
        await using var world = await WorldAsync();
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        await client.CreateAsync(Budget(unavailable: 1), TestCluster.Cancel);
        await cluster.WaitForListAsync<Event>("default", events =>
            events.Any(item => item is { Reason: "NoPods", Message: "No matching pods found" }));
        await client.CreateAsync(WorkloadTests.ToCreate(Objects.Pod("bare")), TestCluster.Cancel);
        await cluster.WaitForListAsync<Event>("default", events => events.Any(item => item.Reason == "UnmanagedPods"));
        await client.PatchAsync<PodDisruptionBudget>("default", "b", Patch.Merge(
            """{"spec":{"maxUnavailable":null,"minAvailable":1}}"""), "", TestCluster.Cancel);
        await cluster.WaitForAsync<PodDisruptionBudget>("default", "b", found =>
            found is { Status: { ExpectedPods: 1, DesiredHealthy: 1, ObservedGeneration: 2 } });
    }

    [Fact]
    public async Task PodThatWasToGoAndStays_IsNoTargetAnyMore()
    {
        await using var world = await WorldAsync();
        var (cluster, client) = (world.Cluster, world.Cluster.Client);
        await client.CreateAsync(WorkloadTests.ToCreate(Objects.Pod("a", "n1")), TestCluster.Cancel);
        await client.PatchAsync<Pod>("default", "a", Patch.Strategic(
            """
            {"status":{"conditions":[{"type":"DisruptionTarget","status":"True","reason":"EvictionByEvictionAPI"}]}}
            """), "status", TestCluster.Cancel);
        await cluster.WaitForAsync<Pod>("default", "a", pod =>
            WorkloadTests.Condition(pod, PodConditionType.DisruptionTarget)?.Status
                == Netes.Api.Core.ConditionStatus.False);
    }

    [Fact]
    public Task ControllerDies_StatusComesRight() => CrashScenarios.LiveAsync(
        ["disruption-controller"], async (cluster, _) =>
        {
            cluster.Run(new PlayedKubelet(cluster, _ => PlayedKubelet.Running).RunAsync);
            await cluster.Client.CreateAsync(Budget(available: 1), TestCluster.Cancel);
            await cluster.Client.CreateAsync(WorkloadTests.ToCreate(Objects.Pod("a", "n1")), TestCluster.Cancel);
            await cluster.Client.CreateAsync(WorkloadTests.ToCreate(Objects.Pod("b", "n1")), TestCluster.Cancel);
            await cluster.WaitForAsync<PodDisruptionBudget>("default", "b", found =>
                found is { Status: { DisruptionsAllowed: 1, CurrentHealthy: 2, ExpectedPods: 2 } });
            await EvictAsync(cluster.Client, Objects.Pod("a"));
            await cluster.WaitForAsync<PodDisruptionBudget>("default", "b", found => found is
            {
                Status: { DisruptionsAllowed: 0, CurrentHealthy: 1, ExpectedPods: 1, DisruptedPods.IsEmpty: true },
            });
        });

    private static Task<JobWorld> WorldAsync() => JobWorld.StartAsync(Accounts, (_, _) => PlayedKubelet.Running);

    private static Task EvictAsync(Netes.Client.KubernetesClient client, Pod pod) => client.EvictAsync(
        new Eviction { Metadata = new() { Namespace = "default", Name = pod.Metadata.Name } }, TestCluster.Cancel);

    private static PodDisruptionBudget Budget(IntOrString? available = null, IntOrString? unavailable = null) => new()
    {
        Metadata = new() { Namespace = "default", Name = "b" },
        Spec = new()
        {
            MinAvailable = available,
            MaxUnavailable = unavailable,
            Selector = new() { MatchLabels = ValueMap.Of(("app", "web")) },
        },
    };
}
