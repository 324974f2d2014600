using System.Globalization;
using System.Text;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// The replica set of a deployment's current template: its name, labels and annotations. Pure.
/// Source: pkg/controller/deployment/sync.go, getNewReplicaSet; util/deployment_util.go.
/// </summary>
internal static class NewReplicaSet
{
    private const int MaxHistoryCharacters = 2000;
    private const int MaxNameLength = 253;

    /// <summary>Annotations of a deployment that its sets do not get, nor give back.</summary>
    public static readonly HashSet<string> NotCopied = new(StringComparer.Ordinal)
    {
        DeploymentFacts.LastAppliedAnnotation,
        DeploymentFacts.RevisionAnnotation,
        DeploymentFacts.RevisionHistoryAnnotation,
        DeploymentFacts.DesiredReplicasAnnotation,
        DeploymentFacts.MaxReplicasAnnotation,
        DeploymentFacts.RollbackToAnnotation,
    };

    /// <param name="deployment">The deployment; it needs a new set.</param>
    /// <param name="others">Its other sets.</param>
    public static ReplicaSet Create(Deployment deployment, IReadOnlyList<ReplicaSet> others)
    {
        var spec = deployment.Spec;
        var hash = Hash(deployment);
        var labels = spec.Template.Metadata.Labels.Set(DeploymentFacts.PodTemplateHashLabel, hash);
        var selector = spec.Selector ?? Api.Meta.LabelSelector.Empty;
        var set = new ReplicaSet
        {
            Metadata = new()
            {
                Namespace = deployment.Metadata.Namespace,
                Name = Name(deployment.Metadata.Name, hash),
                Labels = labels,
                OwnerReferences = [ObjectReferences.Controller(deployment)],
            },
            Spec = new()
            {
                Replicas = 0,
                MinReadySeconds = spec.MinReadySeconds,
                Selector = selector with
                {
                    MatchLabels = selector.MatchLabels.Set(DeploymentFacts.PodTemplateHashLabel, hash),
                },
                Template = spec.Template with { Metadata = spec.Template.Metadata with { Labels = labels } },
            },
        };
        set = set with
        {
            Spec = set.Spec with { Replicas = RolloutPlan.NewReplicas(deployment, [.. others, set], set) },
        };
        return WithReplicas(Annotated(deployment, set, NextRevision(others)), deployment);
    }

    public static long NextRevision(IEnumerable<ReplicaSet> others) =>
        others.Select(DeploymentFacts.Revision).DefaultIfEmpty(0).Max() + 1;

    /// <summary>
    /// The set with the deployment's annotations, at least the revision, and the revisions it had before.
    /// </summary>
    public static ReplicaSet Annotated(Deployment deployment, ReplicaSet set, long revision)
    {
        var annotations = set.Metadata.Annotations;
        foreach (var (key, value) in deployment.Metadata.Annotations)
        {
            annotations = NotCopied.Contains(key) ? annotations : annotations.Set(key, value);
        }

        var old = DeploymentFacts.Number(set, DeploymentFacts.RevisionAnnotation);
        if ((old ?? 0) < revision)
        {
            annotations = annotations.Set(DeploymentFacts.RevisionAnnotation, Text(revision));
            if (old is { } former)
            {
                var history = annotations.Get(DeploymentFacts.RevisionHistoryAnnotation, "");
                annotations = annotations.Set(
                    DeploymentFacts.RevisionHistoryAnnotation, Appended(history, Text(former)));
            }
        }

        return WithAnnotations(set, annotations);
    }

    /// <summary>The set with what proportional scaling needs: for how many replicas the deployment was sized.</summary>
    public static ReplicaSet WithReplicas(ReplicaSet set, Deployment deployment)
    {
        var desired = DeploymentFacts.Replicas(deployment);
        var annotations = set.Metadata.Annotations
            .Set(DeploymentFacts.DesiredReplicasAnnotation, Text(desired))
            .Set(DeploymentFacts.MaxReplicasAnnotation, Text(desired + DeploymentFacts.MaxSurge(deployment)));
        return WithAnnotations(set, annotations);
    }

    public static string Hash(Deployment deployment) =>
        TemplateHash.Of(deployment.Spec.Template, deployment.Status.CollisionCount);

    private static ReplicaSet WithAnnotations(ReplicaSet set, ValueMap<string> annotations) =>
        set with { Metadata = set.Metadata with { Annotations = annotations } };

    private static string Name(string deployment, string hash)
    {
        var room = MaxNameLength - hash.Length - 1;
        return $"{(deployment.Length > room ? deployment[..room] : deployment)}-{hash}";
    }

    /// <summary>The history with one revision more; the oldest go when it becomes too long.</summary>
    private static string Appended(string history, string revision)
    {
        var revisions = history.Length == 0 ? [] : history.Split(',').ToList();
        revisions.Add(revision);
        var text = new StringBuilder(string.Join(',', revisions));
        while (text.Length > MaxHistoryCharacters && revisions.Count > 1)
        {
            revisions.RemoveAt(0);
            text.Clear().AppendJoin(',', revisions);
        }

        return text.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
