using Netes.Api;
using Netes.Api.Rbac;
using Netes.ControlPlane;
using Netes.Tests.ControlPlane.Crashes;

namespace Netes.Tests.ControlPlane.ClusterRoleAggregation;

public sealed class ClusterRoleAggregationTests
{
    [Fact]
    public void Rules_comeSelectorBySelector()
    {
        var sum = Sum("b", "a");
        ClusterRole[] all =
        [
            Member("z", "b", "pods"), Member("x", "a", "nodes"), Member("y", "b", "nodes"), Member("w", "c", "secrets"),
            sum with { Metadata = sum.Metadata with { Labels = ValueMap.Of(("of", "a")) } },
        ];
        Assert.Equal(
            ["nodes", "pods"],
            ClusterRoleAggregationController.Sum(sum, sum.AggregationRule!, all)
                .Select(static rule => rule.Resources.Single()));
    }

    [Fact]
    public async Task Rules_areTheControllersAndNothingElseIs()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Run(new ControllerLife(
            cluster, ["clusterrole-aggregation-controller"], TimeProvider.System).RunAsync);
        await cluster.Client.CreateAsync(Sum("a"), TestCluster.Cancel);
        await cluster.Client.CreateAsync(Member("x", "a", "pods"), TestCluster.Cancel);
        var sum = await cluster.WaitForAsync<ClusterRole>("", "sum", role => !role!.Rules.IsEmpty);
        var managed = Assert.Single(
            sum!.Metadata.ManagedFields.ToArray(),
            static entry => entry.Manager == "clusterrole-aggregation-controller");
        Assert.Equal("Apply", managed.Operation);
        Assert.DoesNotContain("aggregationRule", managed.FieldsV1!.ToString()!, StringComparison.Ordinal);
        await cluster.Client.DeleteAsync<ClusterRole>("", "x", null, TestCluster.Cancel);
        await cluster.WaitForAsync<ClusterRole>("", "sum", role => role!.Rules.IsEmpty);
    }

    internal static ClusterRole Sum(params string[] labels) => new()
    {
        Metadata = new() { Name = "sum" },
        AggregationRule = new()
        {
            ClusterRoleSelectors = labels.Select(static label => new Netes.Api.Meta.LabelSelector
            {
                MatchLabels = ValueMap.Of(("of", label)),
            }).ToValueList(),
        },
    };

    internal static ClusterRole Member(string name, string label, string resource) => new()
    {
        Metadata = new() { Name = name, Labels = ValueMap.Of(("of", label)) },
        Rules = [new() { Verbs = ["get"], ApiGroups = [""], Resources = [resource] }],
    };
}
