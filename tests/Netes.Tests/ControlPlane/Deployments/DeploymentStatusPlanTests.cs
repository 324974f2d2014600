using Netes.Api;
using Netes.Api.Apps;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Deployments;

public sealed class DeploymentStatusPlanTests
{
    private static readonly ReplicaSet Newest = ReplicaSet("web-2", 3, 3, 10, "web:1");

    [Fact]
    public void AllAvailable_IsCompleteInKubernetesWords()
    {
        var status = DeploymentStatusPlan.Rollout(Deployment(3), Newest, [Newest], Now);
        Assert.Equal(
            [
                "Available=True MinimumReplicasAvailable: Deployment has minimum availability.",
                "Progressing=True NewReplicaSetAvailable: ReplicaSet \"web-2\" has successfully progressed.",
            ],
            Show(status));
    }

    [Fact]
    public void NothingMovesForTheDeadline_TimesOut()
    {
        var stuck = ReplicaSet("web-2", 3, 1, 10, "web:1");
        var deployment = Deployment(3);
        var first = DeploymentStatusPlan.Rollout(deployment, stuck, [stuck], Now);
        Assert.Equal("Progressing=True ReplicaSetUpdated: ReplicaSet \"web-2\" is progressing.", Show(first)[1]);
        deployment = deployment with { Status = first };
        Assert.Equal(TimeSpan.FromSeconds(601), DeploymentStatusPlan.NextCheck(deployment, first, Now));
        Assert.Equal(first, DeploymentStatusPlan.Rollout(deployment, stuck, [stuck], Now.AddSeconds(599)));
        var late = DeploymentStatusPlan.Rollout(deployment, stuck, [stuck], Now.AddSeconds(601));
        Assert.Equal(
            "Progressing=False ProgressDeadlineExceeded: ReplicaSet \"web-2\" has timed out progressing.",
            Show(late)[1]);
        Assert.Equal(
            "Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability.",
            Show(late)[0]);
    }

    [Fact]
    public void PausedAndResumed_IsToldOnce()
    {
        var deployment = Deployment(3);
        deployment = deployment with { Spec = deployment.Spec with { Paused = true } };
        var pause = DeploymentStatusPlan.Pause(deployment, Now)!;
        Assert.Equal(
            ("Unknown", "DeploymentPaused", "Deployment is paused"), (pause.Status, pause.Reason, pause.Message));
        deployment = deployment with { Status = DeploymentStatusPlan.WithCondition(deployment.Status, pause) };
        Assert.Null(DeploymentStatusPlan.Pause(deployment, Now));
        deployment = deployment with { Spec = deployment.Spec with { Paused = false } };
        Assert.Equal("DeploymentResumed", DeploymentStatusPlan.Pause(deployment, Now)!.Reason);
    }

    [Fact]
    public void Paused_IsNotLookedAtAgain()
    {
        var stuck = ReplicaSet("web-2", 3, 1, 10, "web:1");
        var deployment = Deployment(3);
        var status = DeploymentStatusPlan.Rollout(deployment, stuck, [stuck], Now);
        deployment = deployment with { Status = status, Spec = deployment.Spec with { Paused = true } };
        Assert.Null(DeploymentStatusPlan.NextCheck(deployment, status, Now.AddHours(1)));
    }

    [Fact]
    public void PodFailsAfterTheRollout_NoDeadlineRuns()
    {
        var deployment = Deployment(3);
        deployment = deployment with { Status = DeploymentStatusPlan.Rollout(deployment, Newest, [Newest], Now) };
        var failing = ReplicaSet("web-2", 3, 2, 10, "web:1");
        var later = Now.AddHours(1);
        var status = DeploymentStatusPlan.Rollout(deployment, failing, [failing], later);
        deployment = deployment with { Status = status };
        Assert.Contains("Progressing=True NewReplicaSetAvailable", Show(status)[0] + Show(status)[1]);
        Assert.Null(DeploymentStatusPlan.NextCheck(deployment, status, later));
    }

    [Fact]
    public void PodsCannotBeMade_ReplicaFailureIsCopied()
    {
        var failing = Newest with
        {
            Status = Newest.Status with
            {
                Conditions =
                [
                    new ReplicaSetCondition
                    {
                        Type = "ReplicaFailure", Status = "True", Reason = "FailedCreate", Message = "exceeded quota",
                    },
                ],
            },
        };
        var status = DeploymentStatusPlan.Rollout(Deployment(3), failing, [failing], Now);
        Assert.Contains("ReplicaFailure=True FailedCreate: exceeded quota", Show(status));
    }

    private static string[] Show(DeploymentStatus status) =>
    [
        .. status.Conditions.Select(condition =>
            $"{condition.Type}={condition.Status} {condition.Reason}: {condition.Message}"),
    ];
}
