using Netes.Api;

namespace Netes.ControlPlane;

/// <summary>Every controller that runs. One is added here and nowhere else.</summary>
public static class Controllers
{
    public static IReadOnlyList<ControllerEntry> All { get; } =
    [
        new("attachdetach-controller", context => new AttachDetachController(context)),
        new("bootstrap-signer", context => new BootstrapSigningController(context)),
        new("certificate-controller", context => new CertificateApprovingController(context)),
        new("certificate-controller", context => new CertificateCleaningController(context)),
        new("certificate-controller", context => new CertificateSigningController(context)),
        new("clusterrole-aggregation-controller", context => new ClusterRoleAggregationController(context)),
        new("cronjob-controller", context => new CronJobController(context)),
        new("daemon-set-controller", context => new DaemonSetController(context)),
        new("deployment-controller", context => new DeploymentController(context)),
        new("device-taint-eviction-controller", context => new DeviceTaintEvictionController(context)),
        new("disruption-controller", context => new DisruptionController(context)),
        new("endpoint-controller", context => new EndpointsController(context)),
        new("endpointslice-controller", context => new EndpointSliceController(context)),
        new("endpointslicemirroring-controller", context => new EndpointSliceMirroringController(context)),
        new("ephemeral-volume-controller", context => new EphemeralVolumeController(context)),
        new("expand-controller", context => new VolumeExpansionController(context)),
        new("generic-garbage-collector", context => new GarbageCollector(context)),
        new("job-controller", context => new JobController(context)),
        new("legacy-service-account-token-cleaner", context => new LegacyTokenCleaningController(context)),
        new("namespace-controller", context => new NamespaceController(context)),
        new("node-controller", context => new NodeIpamController(context)),
        new("node-controller", context => new NodeLifecycleController(context)),
        new("persistent-volume-binder", context => new LocalPathProvisioner(context)),
        new("persistent-volume-binder", context => new PersistentVolumeController(context)),
        new("pod-garbage-collector", context => new PodGcController(context)),
        new("pv-protection-controller", context => new VolumeProtectionController(context)),
        new("pvc-protection-controller", context => new ClaimProtectionController(context)),
        new("replicaset-controller", context => new ReplicaSetController(context)),
        new("replication-controller", context => new ReplicationManager(context)),
        new("resource-claim-controller", context => new ResourceClaimController(context)),
        new("resourcequota-controller", context => new ResourceQuotaController(context)),
        new("root-ca-cert-publisher", context => new RootCertificateController(context)),
        new("service-account-controller", context => new ServiceAccountController(context)),
        new(ControllerEntry.Manager, context => new ServiceAccountTokenController(context)),
        new("service-cidrs-controller", context => new ServiceCidrController(context)),
        new("service-controller", context => new LoadBalancerController(context)),
        new("storage-version-garbage-collector", context => new StorageVersionGcController(context))
        {
            Features = [Feature.APIServerIdentity, Feature.StorageVersionAPI],
        },
        new("statefulset-controller", context => new StatefulSetController(context)),
        new("node-controller", context => new TaintEvictionController(context)),
        new("ttl-controller", context => new NodeTtlController(context)),
        new("token-cleaner", context => new TokenCleaningController(context)),
        new("ttl-after-finished-controller", context => new TtlAfterFinishedController(context)),
        new("volumeattributesclass-protection-controller", context => new AttributesClassProtectionController(context)),
    ];
}

/// <param name="Account">The service account in kube-system whose rights the controller has.</param>
/// <param name="Create">Makes the controller.</param>
public sealed record ControllerEntry(string Account, Func<ControllerContext, IController> Create)
{
    /// <summary>
    /// Instead of an account: the manager's own rights, for the controller that gives accounts their tokens.
    /// </summary>
    public const string Manager = "system:kube-controller-manager";

    /// <summary>What has to be on for it to run; default: nothing.</summary>
    public ValueList<string> Features { get; init; }
}
