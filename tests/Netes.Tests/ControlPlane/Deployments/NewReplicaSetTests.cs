using Netes.Api;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Deployments;

public sealed class NewReplicaSetTests
{
    [Fact]
    public void FirstSet_HasHashRevisionAndFullSize()
    {
        var deployment = Deployment(3);
        var set = NewReplicaSet.Create(deployment, []);
        var hash = set.Metadata.Labels["pod-template-hash"];
        Assert.Equal($"web-{hash}", set.Metadata.Name);
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]+$", hash);
        Assert.Equal(hash, set.Spec.Selector!.MatchLabels["pod-template-hash"]);
        Assert.Equal(hash, set.Spec.Template.Metadata.Labels["pod-template-hash"]);
        Assert.Equal(3, set.Spec.Replicas);
        Assert.Equal("1", set.Metadata.Annotations[DeploymentFacts.RevisionAnnotation]);
        Assert.Equal("3", set.Metadata.Annotations[DeploymentFacts.DesiredReplicasAnnotation]);
        Assert.Equal("4", set.Metadata.Annotations[DeploymentFacts.MaxReplicasAnnotation]);
        Assert.True(DeploymentFacts.HasTemplateOf(set, deployment));
    }

    [Fact]
    public void SameTemplate_HasTheSameHashUnlessItCollided()
    {
        var deployment = Deployment(3);
        Assert.Equal(NewReplicaSet.Hash(deployment), NewReplicaSet.Hash(Deployment(5)));
        Assert.NotEqual(NewReplicaSet.Hash(deployment), NewReplicaSet.Hash(Deployment(3, image: "web:2")));
        var collided = deployment with { Status = deployment.Status with { CollisionCount = 1 } };
        Assert.NotEqual(NewReplicaSet.Hash(deployment), NewReplicaSet.Hash(collided));
    }

    [Fact]
    public void RolledBack_OldRevisionGoesToTheHistory()
    {
        var deployment = Deployment(3);
        var first = NewReplicaSet.Create(deployment, []);
        var back = NewReplicaSet.Annotated(deployment, first, 3);
        Assert.Equal("3", back.Metadata.Annotations[DeploymentFacts.RevisionAnnotation]);
        Assert.Equal("1", back.Metadata.Annotations[DeploymentFacts.RevisionHistoryAnnotation]);
        var again = NewReplicaSet.Annotated(deployment, back, 5);
        Assert.Equal("1,3", again.Metadata.Annotations[DeploymentFacts.RevisionHistoryAnnotation]);
    }

    [Fact]
    public void AnnotationsOfTheDeployment_AreCopiedButTheBookkeeping()
    {
        var deployment = Deployment(3);
        deployment = deployment with
        {
            Metadata = deployment.Metadata with
            {
                Annotations = ValueMap.Of(
                    ("kubernetes.io/change-cause", "image to web:1"),
                    (DeploymentFacts.LastAppliedAnnotation, "{}"),
                    (DeploymentFacts.RevisionAnnotation, "7")),
            },
        };
        var annotations = NewReplicaSet.Create(deployment, []).Metadata.Annotations;
        Assert.Equal("image to web:1", annotations["kubernetes.io/change-cause"]);
        Assert.False(annotations.ContainsKey(DeploymentFacts.LastAppliedAnnotation));
        Assert.Equal("1", annotations[DeploymentFacts.RevisionAnnotation]);
    }
}
