using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Namespaces;

public sealed class NamespaceConditionsTests
{
    [Fact]
    public void ContentRemains_ConditionsNameIt()
    {
        var remaining = new RemainingContent(
            Netes.Api.Core.Pod.Resource, 2, new Dictionary<string, int> { ["example.com/hold"] = 1 });
        var conditions = NamespaceConditions.Update([], [remaining], ["pods is forbidden", "a"], Now);
        Assert.Equal(
            [
                "NamespaceDeletionDiscoveryFailure=False ResourcesDiscovered: All resources successfully discovered",
                "NamespaceDeletionGroupVersionParsingFailure=False ParsedGroupVersions: "
                    + "All legacy kube types successfully parsed",
                "NamespaceDeletionContentFailure=True ContentDeletionFailed: "
                    + "Failed to delete all resource types, 2 remaining: a, pods is forbidden",
                "NamespaceContentRemaining=True SomeResourcesRemain: "
                    + "Some resources are remaining: pods. has 2 resource instances",
                "NamespaceFinalizersRemaining=True SomeFinalizersRemain: Some content in the namespace has finalizers "
                    + "remaining: example.com/hold in 1 resource instances",
            ],
            conditions.Select(Show));
        var done = NamespaceConditions.Update(conditions, [], [], Now);
        Assert.All(done, condition => Assert.Equal("False", condition.Status));
    }

    [Fact]
    public async Task PodsThatDoNotEnd_areToldAndNothingElseGoes()
    {
        await using var cluster = await WorkloadTests.StartAsync();
        await cluster.Client.CreateAsync(new Namespace { Metadata = new() { Name = "old" } }, TestCluster.Cancel);
        await cluster.WaitForAsync<ServiceAccount>("old", "default", static account => account is not null);
        var pod = Pod("stuck", "n1");
        await cluster.Client.CreateAsync(
            pod with
            {
                Metadata = new() { Namespace = "old", Name = "stuck" },
                Spec = pod.Spec with { TerminationGracePeriodSeconds = 1 },
                Status = PodStatus.Empty,
            },
            TestCluster.Cancel);
        await cluster.Client.CreateAsync(
            new ConfigMap { Metadata = new() { Namespace = "old", Name = "map" } }, TestCluster.Cancel);
        await cluster.Client.DeleteAsync<Namespace>("", "old", null, TestCluster.Cancel);
        await cluster.WaitForAsync<Namespace>("", "old", static space => space!.Status.Conditions.Select(Show).Contains(
            "NamespaceDeletionContentFailure=True ContentDeletionFailed: Failed to delete all resource types, 1 "
            + "remaining: unexpected items still remain in namespace: old for gvr: /v1, Resource=pods"));
        Assert.NotNull(await cluster.Client.GetAsync<ConfigMap>("old", "map", TestCluster.Cancel));
        await cluster.Client.DeleteAsync<Pod>(
            "old", "stuck", new DeleteOptions { GracePeriodSeconds = 0 }, TestCluster.Cancel);
        await cluster.WaitForAsync<Namespace>("", "old", static space => space is null);
    }

    private static string Show(NamespaceCondition condition) =>
        $"{condition.Type}={condition.Status} {condition.Reason}: {condition.Message}";
}
