using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.TaintEviction;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

public sealed class TaintEvictionPlanTests
{
    private static readonly Node Unreachable = MakeNode("n1") with
    {
        Spec = new()
        {
            Taints =
            [
                new Taint
                {
                    Key = "node.kubernetes.io/unreachable", Effect = "NoExecute", TimeAdded = Timestamp.From(Now),
                },
            ],
        },
    };

    [Fact]
    public void NotTolerated_GoesNow() =>
        Assert.Equal(Now, TaintEvictionPlan.EvictAt(Pod("a", "n1"), Unreachable, Now));

    [Fact]
    public void ToleratedForATime_GoesAfterIt() =>
        Assert.Equal(Now.AddSeconds(300), TaintEvictionPlan.EvictAt(Tolerating(300), Unreachable, Now.AddSeconds(10)));

    [Fact]
    public void CameAfterTheTaint_HasItsTimeFromThen()
    {
        var pod = Tolerating(60) with
        {
            Status = new()
            {
                Conditions =
                [
                    new PodCondition
                    {
                        Type = "PodScheduled", Status = "True",
                            LastTransitionTime = Timestamp.From(Now.AddSeconds(600)),
                    },
                ],
            },
        };
        Assert.Equal(Now.AddSeconds(660), TaintEvictionPlan.EvictAt(pod, Unreachable, Now.AddSeconds(601)));
    }

    [Fact]
    public void ToleratedForEver_Stays() => Assert.Null(TaintEvictionPlan.EvictAt(Tolerating(null), Unreachable, Now));

    [Fact]
    public void ToleratedForLongerThanThereAreYears_Stays() => Assert.Equal(
        9999, TaintEvictionPlan.EvictAt(Tolerating(long.MaxValue), Unreachable, Now)!.Value.Year);

    [Fact]
    public void NoTaint_Stays() => Assert.Null(TaintEvictionPlan.EvictAt(Pod("a", "n1"), MakeNode("n1"), Now));

    private static Pod Tolerating(long? seconds)
    {
        var pod = Pod("a", "n1");
        var toleration = new Toleration
        {
            Key = "node.kubernetes.io/unreachable",
            Operator = "Exists",
            Effect = "NoExecute",
            TolerationSeconds = seconds,
        };
        return pod with { Spec = pod.Spec with { Tolerations = [toleration] } };
    }
}
