using System.Text.Json.Nodes;
using Netes.Simulation.Checks;
using static Netes.Simulation.Checks.Finding;

namespace Netes.Simulation.Mutations;

/// <summary>What each look at the end must find: a life in which it comes about by itself would be long.</summary>
internal static class TamperingList
{
    private const string Then = "2026-01-01T00:00:00Z";

    public static IReadOnlyList<Tampering> All { get; } = [.. Workloads(), .. Runs(), .. Storage(), .. Others()];

    private static IEnumerable<Tampering> Workloads() =>
    [
        new(NodeNotReady, "nodes", static node =>
            Spec(node, "taints", new JsonArray(new JsonObject { ["key"] = "gone", ["effect"] = "NoExecute" }))),
        new(PodBeingDeleted, "pods", static pod => Metadata(pod, "deletionTimestamp", Then)),
        new(PodWithoutNode, "pods", static pod => pod["spec"]!.AsObject().Remove("nodeName")),
        new(PodOnLostNode, "pods", static pod => Spec(pod, "nodeName", "node-99")),
        new(PodNotReady, "pods", static pod => Status(pod, "conditions", new JsonArray())),
        new(SetMiscounts, "replicasets", static set => Spec(set, "replicas", 77)),
        new(SetStatus, "replicasets", static set => Status(set, "readyReplicas", 77)),
        new(TroopMiscounts, "replicationcontrollers", static controller => Spec(controller, "replicas", 77)),
        new(TroopStatus, "replicationcontrollers", static controller => Status(controller, "readyReplicas", 77)),
        new(NotAdopted, "pods", static pod =>
            Owner(pod) is null && Metadata(pod, "labels", new JsonObject { ["app"] = World.Troops.Guard })),
        new(NotReleased, "pods", static pod =>
            Owner(pod) == "ReplicationController" && Metadata(pod, "labels", new JsonObject())),
        new(RolloutUnseen, "deployments", static deployment => Metadata(deployment, "generation", 777)),
        new(RolloutMiscounts, "deployments", static deployment => Status(deployment, "availableReplicas", 77)),
        new(RolloutLeavesPods, "deployments", Repaint),
        new(RolloutUntold, "deployments", static deployment => Status(deployment, "conditions", new JsonArray())),
        new(RolloutHistory, "deployments", static deployment => Spec(deployment, "revisionHistoryLimit", -1)),
        new(StatefulMiscounts, "statefulsets", static set => Spec(set, "replicas", 77)),
        new(StatefulLeavesPods, "statefulsets", Repaint),
        new(StatefulStatus, "statefulsets", static set => Status(set, "readyReplicas", 77)),
        new(QuotaUnused, "pods", static pod =>
            (string?)pod["metadata"]!["namespace"] == QuotaCheck.Namespace && Status(pod, "phase", "Failed")),
        new(DaemonsMiscount, "pods", static pod =>
            Owner(pod) == "DaemonSet" && pod["metadata"]!.AsObject().Remove("ownerReferences")),
        new(DaemonsLeavePods, "daemonsets", Repaint),
        new(DaemonsStatus, "daemonsets", static set => Status(set, "numberReady", 77)),
    ];

    private static IEnumerable<Tampering> Runs() =>
    [
        new(JobIncomplete, "jobs", static job => job["status"]!.AsObject().Remove("completionTime")),
        new(JobStatus, "jobs", static job => Status(job, "active", 1)),
        new(JobKeepsPod, "pods", static pod =>
            Owner(pod) == "Job" && Metadata(pod, "finalizers", new JsonArray("batch.kubernetes.io/job-tracking"))),
        new(RunsKept, "cronjobs", static cron => Spec(cron, "successfulJobsHistoryLimit", -1)),
        new(RunsActive, "cronjobs", static cron =>
            Status(cron, "active", new JsonArray(new JsonObject { ["name"] = "one" }))),
        new(BudgetStatus, "poddisruptionbudgets", static budget => Status(budget, "currentHealthy", 77)),
    ];

    private static IEnumerable<Tampering> Storage() =>
    [
        new(ClaimUnbound, "persistentvolumeclaims", static claim => Status(claim, "phase", "Pending")),
        new(ClaimOneSided, "persistentvolumeclaims", static claim => Spec(claim, "volumeName", "other")),
        new(VolumePhase, "persistentvolumes", static volume => Status(volume, "phase", "Available")),
        new(VolumeKept, "persistentvolumes", static volume =>
            volume["spec"]!["claimRef"] is JsonObject claim && Set(claim, "name", "nobody")
            && Metadata(volume, "name", "left") && Status(volume, "phase", "Released")) { Copies = true },
        new(DiskNotAttached, "volumeattachments", static attachment => Status(attachment, "attached", false)),
        new(DiskLeftAttached, "volumeattachments", static attachment => Spec(attachment, "nodeName", "node-99")),
        new(ReservedForNobody, "resourceclaims", static claim =>
            claim["status"]?["reservedFor"]?[0] is JsonObject consumer && Set(consumer, "uid", "nobody")),
    ];

    private static IEnumerable<Tampering> Others() =>
    [
        new(SlicesDiffer, "endpointslices", static slice => Set(slice.AsObject(), "endpoints", new JsonArray())),
        new(EndpointsDiffer, "endpoints", static endpoints =>
            Set(endpoints.AsObject(), "subsets", new JsonArray())),
        new(TokenOfNobody, "secrets", static secret =>
            secret["metadata"]!["annotations"] is JsonObject annotations
            && Set(annotations, "kubernetes.io/service-account.name", "nobody")),
        new(TokenMissing, "secrets", static secret => secret["data"]!.AsObject().Remove("token")),
        new(SumDiffers, "clusterroles", static role =>
            (string)role["metadata"]!["name"]! == World.Offices.Sum
            && Set(role.AsObject(), "rules", new JsonArray(new JsonObject { ["resources"] = new JsonArray("other") }))),
        new(SignaturesDiffer, "configmaps", static map =>
            (string)map["metadata"]!["name"]! == "cluster-info" && Set(map.AsObject(), "data", new JsonObject())),
        new(AddressesDiffer, "ipaddresses", static _ => true) { Deletes = true },
        new(OutsideDiffers, "services", static service =>
            (string?)service["spec"]!["type"] == "LoadBalancer"
            && Status(service, "loadBalancer", new JsonObject
            {
                ["ingress"] = new JsonArray(new JsonObject { ["ip"] = "192.0.2.7" }),
            })),
        new(CopiesDiffer, "endpointslices", static slice => Set(slice.AsObject(), "endpoints", new JsonArray())),
        new(AvailabilityDiffers, "apiservices", static service =>
            service["spec"]!["service"] is not null && Status(service, "conditions", new JsonArray())),
        new(LeaseKept, "leases", static lease => Spec(lease, "renewTime", "2020-01-01T00:00:00.000000Z")),
        new(OwnerGone, "configmaps", static map => Metadata(map, "ownerReferences", new JsonArray(new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["name"] = "owner", ["uid"] = "gone",
        }))),
        new(StillDeleting, "configmaps", static map => Metadata(map, "deletionTimestamp", Then)),
    ];

    private static string? Owner(JsonNode value) => (string?)value["metadata"]!["ownerReferences"]?[0]?["kind"];

    private static bool Repaint(JsonNode value) =>
        Set(value["spec"]!["template"]!["spec"]!["containers"]![0]!.AsObject(), "image", "other:1");

    private static bool Metadata(JsonNode value, string field, JsonNode? next) =>
        Set(value["metadata"]!.AsObject(), field, next);

    private static bool Spec(JsonNode value, string field, JsonNode? next) =>
        Set(value["spec"]!.AsObject(), field, next);

    private static bool Status(JsonNode value, string field, JsonNode? next) =>
        value["status"] is JsonObject status && Set(status, field, next);

    private static bool Set(JsonObject value, string field, JsonNode? next)
    {
        value[field] = next;
        return true;
    }
}
