namespace Netes.Api;

/// <summary>Every resource there is. A kind is added here and nowhere else.</summary>
public static class Resources
{
    /// <summary>What is served unless somebody asks for less.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } =
    [
        AdmissionRegistration.MutatingAdmissionPolicy.Resource,
        AdmissionRegistration.MutatingAdmissionPolicyBinding.Resource,
        AdmissionRegistration.MutatingWebhookConfiguration.Resource,
        AdmissionRegistration.ValidatingAdmissionPolicy.Resource,
        AdmissionRegistration.ValidatingAdmissionPolicyBinding.Resource,
        AdmissionRegistration.ValidatingWebhookConfiguration.Resource,
        Apps.ControllerRevision.Resource,
        Apps.DaemonSet.Resource,
        Apps.Deployment.Resource,
        Apps.ReplicaSet.Resource,
        Apps.StatefulSet.Resource,
        Authentication.SelfSubjectReview.Resource,
        Authentication.TokenReview.Resource,
        Authorization.LocalSubjectAccessReview.Resource,
        Authorization.SelfSubjectAccessReview.Resource,
        Authorization.SelfSubjectRulesReview.Resource,
        Authorization.SubjectAccessReview.Resource,
        Autoscaling.V1.HorizontalPodAutoscaler.Resource,
        Autoscaling.HorizontalPodAutoscaler.Resource,
        Batch.CronJob.Resource,
        Batch.Job.Resource,
        Certificates.CertificateSigningRequest.Resource,
        Coordination.Lease.Resource,
        Core.ComponentStatus.Resource,
        Core.ConfigMap.Resource,
        Core.Endpoints.Resource,
        Core.Event.Resource,
        Core.LimitRange.Resource,
        Core.Namespace.Resource,
        Core.Node.Resource,
        Core.PersistentVolume.Resource,
        Core.PersistentVolumeClaim.Resource,
        Core.Pod.Resource,
        Core.PodTemplate.Resource,
        Core.ReplicationController.Resource,
        Core.ResourceQuota.Resource,
        Core.Secret.Resource,
        Core.Service.Resource,
        Core.ServiceAccount.Resource,
        Discovery.EndpointSlice.Resource,
        Events.Event.Resource,
        FlowControl.FlowSchema.Resource,
        FlowControl.PriorityLevelConfiguration.Resource,
        Networking.IPAddress.Resource,
        Networking.Ingress.Resource,
        Networking.IngressClass.Resource,
        Networking.NetworkPolicy.Resource,
        Networking.ServiceCIDR.Resource,
        Nodes.RuntimeClass.Resource,
        Policy.PodDisruptionBudget.Resource,
        Rbac.ClusterRole.Resource,
        Rbac.ClusterRoleBinding.Resource,
        Rbac.Role.Resource,
        Rbac.RoleBinding.Resource,
        DynamicResources.DeviceClass.Resource,
        DynamicResources.ResourceClaim.Resource,
        DynamicResources.ResourceClaimTemplate.Resource,
        DynamicResources.ResourceSlice.Resource,
        Scheduling.PriorityClass.Resource,
        Storage.CSIDriver.Resource,
        Storage.CSINode.Resource,
        Storage.CSIStorageCapacity.Resource,
        Storage.StorageClass.Resource,
        Storage.VolumeAttachment.Resource,
        Storage.VolumeAttributesClass.Resource,
        ApiExtensions.CustomResourceDefinition.Resource,
        ApiRegistration.APIService.Resource,
        Metrics.NodeMetrics.Resource,
        Metrics.PodMetrics.Resource,
    ];

    /// <summary>What is served only when somebody asks for it: alpha versions.</summary>
    public static IReadOnlyList<ResourceDefinition> OnRequest { get; } =
    [
        ApiServerInternal.StorageVersion.Resource,
    ];

    public static IEnumerable<ResourceDefinition> Known => All.Concat(OnRequest);
}
