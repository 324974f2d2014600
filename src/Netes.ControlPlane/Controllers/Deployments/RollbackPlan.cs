using System.Globalization;
using Netes.Api.Apps;

namespace Netes.ControlPlane;

/// <summary>The deployment as a rollback leaves it, and what is told.</summary>
internal sealed record Rollback(Deployment Deployment, string Reason, string Message);

/// <summary>
/// The rollback that the annotation <c>deprecated.deployment.rollback.to</c> asks for, as clients of extensions/v1beta1
/// did. Pure. Source: pkg/controller/deployment/rollback.go.
/// </summary>
internal static class RollbackPlan
{
    public const string Done = "DeploymentRollback";
    private const string NotFound = "DeploymentRollbackRevisionNotFound";
    private const string Unchanged = "DeploymentRollbackTemplateUnchanged";

    /// <summary>A rollback is asked for, and will be made when the deployment is not paused.</summary>
    public static bool IsAsked(Deployment deployment) => AskedRevision(deployment) is not null;

    /// <returns>Null: nobody asks.</returns>
    public static Rollback? Make(Deployment deployment, IReadOnlyList<ReplicaSet> sets)
    {
        if (AskedRevision(deployment) is not { } revision)
        {
            return null;
        }

        var name = deployment.Metadata.Name;
        var cleared = deployment with
        {
            Metadata = deployment.Metadata with
            {
                Annotations = deployment.Metadata.Annotations.Remove(DeploymentFacts.RollbackToAnnotation),
            },
        };
        revision = revision == 0 ? LastBut(sets) : revision;
        if (revision == 0)
        {
            return new Rollback(cleared, NotFound, "Unable to find last revision.");
        }

        if (sets.FirstOrDefault(set => DeploymentFacts.Revision(set) == revision) is not { } former)
        {
            return new Rollback(cleared, NotFound, "Unable to find the revision to rollback to.");
        }

        return DeploymentFacts.HasTemplateOf(former, deployment)
            ? new Rollback(cleared, Unchanged,
                $"The rollback revision contains the same template as current deployment \"{name}\"")
            : new Rollback(WithTemplateOf(cleared, former), Done, string.Create(
                CultureInfo.InvariantCulture, $"Rolled back deployment \"{name}\" to revision {revision}"));
    }

    private static long? AskedRevision(Deployment deployment) => long.TryParse(
        deployment.Metadata.Annotations.Get(DeploymentFacts.RollbackToAnnotation), NumberStyles.AllowLeadingSign,
        CultureInfo.InvariantCulture, out var revision)
        ? revision : null;

    /// <summary>The second newest revision; 0: there is none.</summary>
    private static long LastBut(IEnumerable<ReplicaSet> sets) =>
        sets.Select(DeploymentFacts.Revision).OrderDescending().ElementAtOrDefault(1);

    private static Deployment WithTemplateOf(Deployment deployment, ReplicaSet former)
    {
        var annotations = deployment.Metadata.Annotations
            .Where(pair => NewReplicaSet.NotCopied.Contains(pair.Key))
            .Concat(former.Metadata.Annotations.Where(pair => !NewReplicaSet.NotCopied.Contains(pair.Key)));
        return deployment with
        {
            Metadata = deployment.Metadata with { Annotations = Api.ValueMap.ToValueMap(annotations) },
            Spec = deployment.Spec with { Template = DeploymentFacts.WithoutHash(former.Spec.Template) },
        };
    }
}
