using Netes.Api;
using Netes.Api.Apps;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Deployments;

public sealed class RolloutPlanTests
{
    [Theory]
    [InlineData(10, 10, 0, "25%", "25%", "new=3")]
    [InlineData(10, 10, 3, "25%", "25%", "old=8")]
    [InlineData(4, 4, 0, "1", "0", "new=1")]
    [InlineData(1, 1, 0, "25%", "25%", "new=1")]
    [InlineData(3, 3, 0, "0", "1", "old=2")]
    [InlineData(2, 2, 0, "0", "0", "old=1")]
    public void RollingUpdate_FirstStepsKeepTheBounds(
        int replicas, int old, int next, string maxSurge, string maxUnavailable, string expected)
    {
        var deployment = Deployment(replicas, Parse(maxSurge), Parse(maxUnavailable), "web:2");
        var steps = RolloutPlan.Rolling(
            deployment, ReplicaSet("new", next, 0, 10, "web:2"), [ReplicaSet("old", old, old, 100, "web:1")]);
        Assert.Equal(expected, Show(steps));
    }

    [Fact]
    public void OldPodsThatDoNotServe_GoFirst()
    {
        var deployment = Deployment(10, 0, 2, "web:2");
        var steps = RolloutPlan.Rolling(deployment, ReplicaSet("new", 0, 0, 10, "web:2"),
            [ReplicaSet("broken", 4, 2, 50, "web:0"), ReplicaSet("old", 6, 6, 100, "web:1")]);
        Assert.Equal("broken=2", Show(steps));
    }

    [Fact]
    public void SetWasJustShrunk_PodsThatItStillTellsDoNotCount()
    {
        var shrunk = ReplicaSet("old", 2, 3, 100, "web:1");
        var steps = RolloutPlan.Rolling(Deployment(5, 0, 1, "web:2"), ReplicaSet("new", 3, 3, 10, "web:2"), [shrunk]);
        Assert.Equal("old=1", Show(steps));
    }

    [Fact]
    public void SetWasJustGrown_OldPodsStayUntilItsStatusKnows()
    {
        var grown = ReplicaSet("new", 3, 3, 10, "web:2");
        grown = grown with { Metadata = grown.Metadata with { Generation = 2 } };
        var (deployment, old) = (Deployment(6, 1, 0, "web:2"), ReplicaSet("old", 4, 4, 100, "web:1"));
        Assert.Equal("", Show(RolloutPlan.Rolling(deployment, grown, [old])));
        var told = grown with { Status = grown.Status with { ObservedGeneration = 2 } };
        Assert.Equal("old=3", Show(RolloutPlan.Rolling(deployment, told, [old])));
    }

    [Theory]
    [InlineData(20, 10, 5, 5, "new=10,old=10")]
    [InlineData(10, 20, 10, 10, "old=5,new=5")]
    [InlineData(5, 10, 3, 7, "old=3,new=2")]
    [InlineData(12, 10, 2, 8, "old=10,new=2")]
    [InlineData(0, 10, 5, 5, "old=0,new=0")]
    public void ResizedInMidRollout_SetsAreScaledInProportion(int to, int from, int next, int old, string expected)
    {
        var sized = Deployment(from, 0, 1, "web:2");
        var steps = RolloutPlan.Resized(
            Deployment(to, 0, 1, "web:2"),
            NewReplicaSet.WithReplicas(ReplicaSet("new", next, next, 10, "web:2"), sized),
            [NewReplicaSet.WithReplicas(ReplicaSet("old", old, old, 100, "web:1"), sized)]);
        Assert.Equal(expected, Show(steps));
    }

    [Fact]
    public void OneActiveSet_IsResizedAlone()
    {
        var steps = RolloutPlan.Resized(
            Deployment(7, image: "web:2"), ReplicaSet("new", 3, 3, 10, "web:2"),
            [ReplicaSet("old", 0, 0, 100, "web:1")]);
        Assert.Equal("new=7", Show(steps));
    }

    [Fact]
    public void Saturated_OldSetsAreEmptied()
    {
        var deployment = Deployment(3, image: "web:2");
        var newest = NewReplicaSet.WithReplicas(ReplicaSet("new", 3, 3, 10, "web:2"), deployment);
        Assert.Equal("old=0", Show(RolloutPlan.Resized(deployment, newest, [ReplicaSet("old", 2, 2, 100, "web:1")])));
    }

    /// <summary>
    /// Runs whole rollouts on a model of replica sets whose pods become available in random order, and checks after
    /// each step that neither floor nor ceiling is ever crossed.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyRollout_EndsAndKeepsItsBounds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var replicas = random.Next(1, 20);
            var deployment = Deployment(replicas, random.Next(0, 5), random.Next(0, 5), "web:2");
            Roll(deployment, random);
        }
    }

    private static void Roll(Deployment deployment, Random random)
    {
        var replicas = deployment.Spec.Replicas!.Value;
        var sets = new Dictionary<string, ReplicaSet>
        {
            ["old"] = ReplicaSet("old", replicas, replicas, 100, "web:1"),
            ["new"] = ReplicaSet("new", 0, 0, 10, "web:2"),
        };
        for (var step = 0; step < 500; step++)
        {
            if (sets["new"].Status.AvailableReplicas == replicas && sets["old"].Spec.Replicas == 0)
            {
                return;
            }

            foreach (var (name, size) in RolloutPlan.Rolling(deployment, sets["new"], [sets["old"]]))
            {
                var available = Math.Min(sets[name].Status.AvailableReplicas, size);
                sets[name] = sets[name] with
                {
                    Spec = sets[name].Spec with { Replicas = size },
                    Status = sets[name].Status with { Replicas = size, AvailableReplicas = available },
                };
            }

            Assert.True(DeploymentFacts.Replicas(sets.Values) <= replicas + DeploymentFacts.MaxSurge(deployment));
            Assert.True(
                sets.Values.Sum(set => set.Status.AvailableReplicas) >= DeploymentFacts.MinAvailable(deployment));
            var next = sets["new"];
            var more = random.Next(0, next.Spec.Replicas!.Value - next.Status.AvailableReplicas + 1);
            sets["new"] = next with
            {
                Status = next.Status with { AvailableReplicas = next.Status.AvailableReplicas + more },
            };
        }

        Assert.Fail($"a rollout of {replicas} replicas does not end");
    }

    private static string Show(IEnumerable<ScaleStep> steps) =>
        string.Join(',', steps.Select(step => $"{step.ReplicaSet}={step.Replicas}"));

    private static IntOrString Parse(string text) => int.TryParse(text, out var number) ? number : text;
}
