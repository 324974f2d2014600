using Netes.Api;
using Netes.Api.Apps;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Deployments;

public sealed class RollbackPlanTests
{
    [Fact]
    public void NobodyAsks_nothingHappens() => Assert.Null(RollbackPlan.Make(Deployment(1), Sets()));

    [Theory]
    [InlineData("1", "DeploymentRollback", "Rolled back deployment \"web\" to revision 1", "web:1")]
    [InlineData("0", "DeploymentRollback", "Rolled back deployment \"web\" to revision 2", "web:2")]
    [InlineData("3", "DeploymentRollbackTemplateUnchanged",
        "The rollback revision contains the same template as current deployment \"web\"", "web:3")]
    [InlineData("9", "DeploymentRollbackRevisionNotFound", "Unable to find the revision to rollback to.", "web:3")]
    public void Annotation_bringsAFormerTemplateBack(string revision, string reason, string message, string image)
    {
        var rollback = RollbackPlan.Make(Asking(revision), Sets())!;
        Assert.Equal((reason, message), (rollback.Reason, rollback.Message));
        Assert.Equal(image, rollback.Deployment.Spec.Template.Spec.Containers[0].Image);
        Assert.False(rollback.Deployment.Metadata.Annotations.ContainsKey("deprecated.deployment.rollback.to"));
    }

    [Fact]
    public void OneRevision_hasNoLast() =>
        Assert.Equal("Unable to find last revision.", RollbackPlan.Make(Asking("0"), Sets()[..1])!.Message);

    private static Deployment Asking(string revision)
    {
        var deployment = Deployment(1, image: "web:3");
        return deployment with
        {
            Metadata = deployment.Metadata with
            {
                Annotations = ValueMap.Of(("deprecated.deployment.rollback.to", revision)),
            },
        };
    }

    private static ReplicaSet[] Sets() => [Set(1), Set(2), Set(3)];

    private static ReplicaSet Set(int revision)
    {
        var set = ReplicaSet($"web-{revision}", 0, 0, 10, $"web:{revision}");
        return set with
        {
            Metadata = set.Metadata with
            {
                Annotations = ValueMap.Of(("deployment.kubernetes.io/revision", $"{revision}")),
            },
        };
    }
}
