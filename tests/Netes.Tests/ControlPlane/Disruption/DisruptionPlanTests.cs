using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Policy;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Disruption;

public sealed class DisruptionPlanTests
{
    [Theory]
    [InlineData("2", null, 4, 9, 4, 2)]
    [InlineData("50%", null, 4, 9, 9, 5)]
    [InlineData(null, "1", 4, 9, 9, 8)]
    [InlineData(null, "30%", 4, 9, 9, 6)]
    [InlineData(null, "20", 4, 9, 9, 0)]
    public void Counts_FollowTheBudget(
        string? available, string? unavailable, int pods, int scale, int expected, int desired)
    {
        var spec = new PodDisruptionBudgetSpec
        {
            MinAvailable = Amount(available), MaxUnavailable = Amount(unavailable),
        };
        Assert.Equal(available != "2", DisruptionPlan.NeedsScale(spec));
        Assert.Equal((expected, desired), DisruptionPlan.Counts(spec, pods, scale));
    }

    [Theory]
    [InlineData(3, 2, 3, 1, "True", "SufficientPods")]
    [InlineData(3, 3, 3, 0, "False", "InsufficientPods")]
    [InlineData(3, 4, 3, 0, "False", "InsufficientPods")]
    [InlineData(0, 0, 3, 0, "False", "InsufficientPods")]
    public void Allowed_IsWhatIsHealthyBeyondWhatMustBe(
        int expected, int desired, int healthy, int allowed, string status, string reason)
    {
        var next = DisruptionPlan.Status(Budget(), (expected, desired), healthy, ValueMap<Timestamp>.Empty, Now);
        Assert.Equal((allowed, 7), (next.DisruptionsAllowed, next.ObservedGeneration));
        var condition = Assert.Single(next.Conditions);
        Assert.Equal(("DisruptionAllowed", status, reason, 7),
            (condition.Type, condition.Status, condition.Reason, condition.ObservedGeneration));
    }

    [Fact]
    public void NothingKnown_NothingAllowed()
    {
        var budget = Budget() with { Status = new() { DisruptionsAllowed = 3, ObservedGeneration = 6 } };
        var status = DisruptionPlan.Unknown(budget, "why", Now);
        Assert.Equal(0, status.DisruptionsAllowed);
        Assert.Equal(("SyncFailed", "why", 6),
            (status.Conditions[0].Reason, status.Conditions[0].Message, status.Conditions[0].ObservedGeneration));
    }

    [Fact]
    public void EvictedPod_IsNotCountedUntilItIsClearThatItStays()
    {
        var budget = Budget() with
        {
            Status = new()
            {
                DisruptedPods = ValueMap.Of(("going", Timestamp.From(Now.AddSeconds(-60))),
                    ("stays", Timestamp.From(Now.AddSeconds(-121))), ("gone", Timestamp.From(Now))),
            },
        };
        Pod[] pods = [Pod("going"), Pod("stays"), Pod("other"), Pod("sick", ready: false)];
        var disrupted = DisruptionPlan.StillToGo(budget, pods, Now);
        Assert.Equal(["going"], disrupted.Waiting.Select(pair => pair.Key));
        Assert.Equal(["stays"], disrupted.Kept.Select(pod => pod.Metadata.Name));
        Assert.Equal(Now.AddSeconds(60), disrupted.Recheck);
        Assert.Equal(2, DisruptionPlan.Healthy(pods, disrupted.Waiting, Now));
    }

    [Fact]
    public void AnnouncedEndThatDoesNotCome_IsOutOfDateAfterTwoMinutes()
    {
        Assert.Null(DisruptionPlan.UntilStale(Pod("a"), Now));
        Assert.Equal(TimeSpan.FromSeconds(90), DisruptionPlan.UntilStale(Target("EvictionByEvictionAPI"), Now));
        Assert.Null(DisruptionPlan.UntilStale(Target("TerminationByKubelet"), Now));

        static Pod Target(string reason) => Pod("a") with
        {
            Status = new()
            {
                Conditions =
                [
                    new PodCondition
                    {
                        Type = PodConditionType.DisruptionTarget, Status = Netes.Api.Core.ConditionStatus.True,
                        Reason = reason, LastTransitionTime = Timestamp.From(Now.AddSeconds(-30)),
                    },
                ],
            },
        };
    }

    [Fact]
    public void Selector_IsShownAsGoShowsIt() => Assert.Equal(
        "&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{"
            + "{tier In [a b]},},}",
        DisruptionPlan.Show(new LabelSelector
        {
            MatchLabels = ValueMap.Of(("app", "web")),
            MatchExpressions = [new() { Key = "tier", Operator = "In", Values = ["a", "b"] }],
        }));

    private static IntOrString? Amount(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (IntOrString)number : text;
    }

    private static PodDisruptionBudget Budget() => new()
    {
        Metadata = new() { Name = "b", Namespace = "default", Generation = 7 },
    };
}
