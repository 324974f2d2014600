using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Policy;
using ConditionStatus = Netes.Api.Core.ConditionStatus;

namespace Netes.Simulation.Checks;

/// <summary>What must be true once nobody disturbs the cluster any more: null, or what is not (yet).</summary>
internal static partial class ConvergenceCheck
{
    public static Gap? WhatIsMissing(Mirror mirror, DateTimeOffset now) =>
        mirror.Nodes.Items.Select(Missing)
            .Concat(mirror.Pods.Items.Where(IsAlive).Select(pod => Missing(mirror, pod)))
            .Concat(mirror.ReplicaSets.Items.Where(HasRoom).Select(set => Missing(mirror, set)))
            .Concat(mirror.Deployments.Items.Where(HasRoom).Select(deployment => Missing(mirror, deployment)))
            .Concat(mirror.StatefulSets.Items.Select(set => Missing(mirror, set)))
            .Append(Quota(mirror))
            .Concat(mirror.DaemonSets.Items.Select(set => Missing(mirror, set)))
            .Concat(mirror.Jobs.Items.Select(job => Missing(mirror, job)))
            .Concat(mirror.Budgets.Items.Select(budget => Missing(mirror, budget)))
            .Concat(mirror.Services.Items.Select(service => Missing(mirror, service)))
            .Concat(Storage(mirror))
            .Concat(mirror.DeviceClaims.Items.Select(claim => Missing(mirror, claim)))
            .Concat(Administration(mirror))
            .Concat(Rounds(mirror))
            .Concat(Troops(mirror))
            .Concat(Neighbors(mirror, now))
            .FirstOrDefault(missing => missing is not null)
        ?? Orphans(mirror);

    /// <summary>Failed pods stay until there are too many of them, or their owner goes.</summary>
    private static bool IsAlive(Pod pod) => pod.Metadata.DeletionTimestamp is not null
        || pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed);

    /// <summary>Where a quota is, less comes about than is asked for.</summary>
    private static bool HasRoom(IKubernetesObject value) => value.Metadata.Namespace != QuotaCheck.Namespace;

    private static Gap? Quota(Mirror mirror) => QuotaCheck.Count(mirror) == QuotaCheck.Pods
        ? null
        : new(Finding.QuotaUnused, $"namespace {QuotaCheck.Namespace} has {QuotaCheck.Count(mirror)} pods only");

    private static Gap? Missing(Mirror mirror, StatefulSet set)
    {
        var pods = mirror.PodsOf(set.Metadata.Uid).ToList();
        var (name, wanted, status) = (set.Metadata.Name, set.Spec.Replicas ?? 1, set.Status);
        var names = Enumerable.Range(0, wanted).Select(ordinal => $"{name}-{ordinal}");
        return !pods.Select(pod => pod.Metadata.Name).ToHashSet(StringComparer.Ordinal).SetEquals(names)
                ? new(Finding.StatefulMiscounts, $"stateful set {name} has {pods.Count} pods and wants {wanted}")
            : pods.Any(pod => pod.Spec.Containers[0].Image != set.Spec.Template.Spec.Containers[0].Image)
                ? new(Finding.StatefulLeavesPods, $"stateful set {name} has old pods")
            : status.Replicas != wanted || status.ReadyReplicas != wanted || status.UpdatedReplicas != wanted
                || status.CurrentRevision != status.UpdateRevision
                || status.ObservedGeneration != set.Metadata.Generation
                ? new(Finding.StatefulStatus, $"stateful set {name} does not tell what it has: {status}")
            : null;
    }

    private static Gap? Missing(Node node) =>
        node.Status.Conditions.Any(condition =>
            condition.Type == NodeConditionType.Ready && condition.Status == ConditionStatus.True)
        && node.Spec.Taints.IsEmpty && node.Spec.PodCIDR.Length > 0
            ? null
            : new(Finding.NodeNotReady, $"node {node.Metadata.Name} is not ready, tainted, or without a range");

    private static Gap? Missing(Mirror mirror, Pod pod)
    {
        var name = pod.Metadata.Name;
        return pod.Metadata.DeletionTimestamp is not null
            ? new(Finding.PodBeingDeleted, $"pod {name} is still being deleted")
            : pod.Spec.NodeName.Length == 0 ? new(Finding.PodWithoutNode, $"pod {name} has no node")
            : mirror.Nodes.Find(pod.Spec.NodeName) is null
                ? new(Finding.PodOnLostNode, $"pod {name} is on a node that is gone")
            : !Mirror.IsReady(pod) ? new(Finding.PodNotReady, $"pod {name} is not ready")
            : null;
    }

    private static Gap? Missing(Mirror mirror, ReplicaSet set)
    {
        var pods = mirror.PodsOf(set.Metadata.Uid).Where(IsAlive).ToList();
        var (name, wanted, status) = (set.Metadata.Name, set.Spec.Replicas ?? 1, set.Status);
        return pods.Count != wanted
            ? new(Finding.SetMiscounts, $"replica set {name} has {pods.Count} pods and wants {wanted}")
            : status.Replicas != wanted || status.ReadyReplicas != wanted || status.AvailableReplicas != wanted
                || status.ObservedGeneration != set.Metadata.Generation
                ? new(Finding.SetStatus, $"replica set {name} does not tell what it has: {status}")
            : null;
    }

    private static Gap? Missing(Mirror mirror, Deployment deployment)
    {
        var (name, wanted, status) = (deployment.Metadata.Name, deployment.Spec.Replicas ?? 1, deployment.Status);
        if (status.ObservedGeneration != deployment.Metadata.Generation)
        {
            return new Gap(Finding.RolloutUnseen, $"deployment {name} was not looked at");
        }

        var sets = mirror.SetsOf(deployment.Metadata.Uid).ToList();
        var sum = sets.Sum(set => set.Spec.Replicas ?? 1);
        if (sum != wanted || status.Replicas != wanted || status.AvailableReplicas != wanted
            || status.UnavailableReplicas != 0)
        {
            return new Gap(
                Finding.RolloutMiscounts,
                $"deployment {name} wants {wanted} pods, its sets {sum}, and it tells {status}");
        }

        if (deployment.Spec.Paused)
        {
            return null;
        }

        var image = deployment.Spec.Template.Spec.Containers[0].Image;
        var old = sets.FirstOrDefault(set =>
            set.Spec.Template.Spec.Containers[0].Image != image && set.Spec.Replicas > 0);
        var told = status.Conditions.FirstOrDefault(condition =>
            condition.Type == DeploymentConditionType.Progressing)?.Reason;
        return old is not null
            ? new(Finding.RolloutLeavesPods, $"deployment {name} still has pods of {old.Metadata.Name}")
            : told != "NewReplicaSetAvailable"
                ? new(Finding.RolloutUntold, $"deployment {name} tells {told} after its rollout")
            : sets.Count > (deployment.Spec.RevisionHistoryLimit ?? 10) + 1
                ? new(Finding.RolloutHistory, $"deployment {name} keeps too many sets")
            : null;
    }

    private static Gap? Missing(Mirror mirror, DaemonSet set)
    {
        var (name, nodes, status) = (set.Metadata.Name, mirror.Nodes.Items.Count, set.Status);
        var pods = mirror.PodsOf(set.Metadata.Uid).ToList();
        var image = set.Spec.Template.Spec.Containers[0].Image;
        return pods.Count != nodes || pods.Select(Mirror.TargetNode).Distinct(StringComparer.Ordinal).Count() != nodes
                ? new(Finding.DaemonsMiscount, $"daemon set {name} has {pods.Count} pods on {nodes} nodes")
            : pods.Any(pod => pod.Spec.Containers[0].Image != image)
                ? new(Finding.DaemonsLeavePods, $"daemon set {name} has old pods")
            : status.DesiredNumberScheduled != nodes || status.CurrentNumberScheduled != nodes
                || status.UpdatedNumberScheduled != nodes || status.NumberAvailable != nodes
                || status.NumberReady != nodes || status.NumberUnavailable != 0 || status.NumberMisscheduled != 0
                || status.ObservedGeneration != set.Metadata.Generation
                ? new(Finding.DaemonsStatus, $"daemon set {name} does not tell what it has: {status}")
            : null;
    }

    private static Gap? Missing(Mirror mirror, Job job)
    {
        var (name, status) = (job.Metadata.Name, job.Status);
        return status.CompletionTime is null && !IsFailedRun(job)
                ? new(Finding.JobIncomplete, $"job {name} is not complete: {status}")
            : status.Active != 0 || status.Ready != 0 || status.Terminating != 0
                || status.UncountedTerminatedPods != UncountedTerminatedPods.Empty
                ? new(Finding.JobStatus, $"job {name} does not tell that it is over: {status}")
            : mirror.PodsOf(job.Metadata.Uid).FirstOrDefault(pod => !pod.Metadata.Finalizers.IsEmpty) is { } pod
                ? new(Finding.JobKeepsPod, $"pod {pod.Metadata.Name} of job {name} has its finalizer still")
            : null;
    }

    private static Gap? Missing(Mirror mirror, PodDisruptionBudget budget)
    {
        // Its phase does not matter to a budget.
        var healthy = mirror.Pods.Items.Count(pod => pod.Metadata.DeletionTimestamp is null
            && pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" })
            && pod.Metadata.Namespace == budget.Metadata.Namespace
            && budget.Spec.Selector!.MatchLabels.All(pair => pod.Metadata.Labels.Get(pair.Key, "") == pair.Value));
        return budget.Status.CurrentHealthy != healthy || !budget.Status.DisruptedPods.IsEmpty
            || budget.Status.ObservedGeneration != budget.Metadata.Generation
            ? new(
                Finding.BudgetStatus,
                $"budget {budget.Metadata.Name} has {healthy} healthy pods and tells {budget.Status}")
            : null;
    }

    private static Gap? Missing(Mirror mirror, Service service)
    {
        if (service.Spec.Selector.IsEmpty)
        {
            return null;
        }

        var (ns, name) = (service.Metadata.Namespace, service.Metadata.Name);
        var expected = Join(mirror.Pods.Items
            .Where(pod => pod.Metadata.Namespace == ns && Mirror.IsReady(pod) && service.Spec.Selector.All(pair =>
                pod.Metadata.Labels.Get(pair.Key, "") == pair.Value))
            .Select(pod => pod.Status.PodIP));
        var slices = Join(mirror.Slices.Items
            .Where(slice => slice.Metadata.Namespace == ns
                && slice.Metadata.Labels.Get("kubernetes.io/service-name", "") == name)
            .SelectMany(slice => slice.Endpoints)
            .Where(endpoint => endpoint.Conditions.Ready == true)
            .Select(endpoint => endpoint.Addresses[0]));
        var endpoints = Join(mirror.Endpoints.Find($"{ns}/{name}")?.Subsets
            .SelectMany(subset => subset.Addresses).Select(address => address.IP) ?? []);
        return slices != expected
            ? new(Finding.SlicesDiffer, $"slices of service {name} have {slices} and not {expected}")
            : endpoints != expected
                ? new(Finding.EndpointsDiffer, $"endpoints {name} have {endpoints} and not {expected}")
            : null;
    }

    /// <summary>Each owner that is named exists; what was to go with an owner has gone.</summary>
    private static Gap? Orphans(Mirror mirror)
    {
        var objects = mirror.All.Keys.Select(key => (Key: key, Metadata: mirror.MetadataOf(key))).ToList();
        var uids = objects.Select(pair => pair.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, metadata) in objects)
        {
            if (metadata.OwnerReferences.FirstOrDefault(owner => !uids.Contains(owner.Uid)) is { } lost)
            {
                return new Gap(Finding.OwnerGone, $"{key} is owned by {lost.Kind} {lost.Name}, which is gone");
            }

            if (metadata.DeletionTimestamp is not null)
            {
                return new Gap(Finding.StillDeleting, $"{key} is still being deleted");
            }
        }

        return null;
    }

    private static string Join(IEnumerable<string> addresses) =>
        string.Join(' ', addresses.Order(StringComparer.Ordinal));
}
