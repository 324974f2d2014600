namespace Netes.Tests.Api.Machinery;

/// <summary>What kubectl prints above each kind; a star marks what only <c>-o wide</c> shows.</summary>
internal static class ColumnsGolden
{
    public const string Headings = """
        mutatingadmissionpolicies.admissionregistration.k8s.io: Name Mutations ParamKind Age
        mutatingadmissionpolicybindings.admissionregistration.k8s.io: Name PolicyName ParamRef Age
        mutatingwebhookconfigurations.admissionregistration.k8s.io: Name Webhooks Age
        validatingadmissionpolicies.admissionregistration.k8s.io: Name Validations ParamKind Age
        validatingadmissionpolicybindings.admissionregistration.k8s.io: Name PolicyName ParamRef Age
        validatingwebhookconfigurations.admissionregistration.k8s.io: Name Webhooks Age
        controllerrevisions.apps: Name Controller Revision Age
        daemonsets.apps: Name Desired Current Ready Up-to-date Available Node-Selector Age Containers* Images* Selector*
        deployments.apps: Name Ready Up-to-date Available Age Containers* Images* Selector*
        replicasets.apps: Name Desired Current Ready Age Containers* Images* Selector*
        statefulsets.apps: Name Ready Age Containers* Images*
        horizontalpodautoscalers.autoscaling: Name Reference Targets MinPods MaxPods Replicas Age
        horizontalpodautoscalers.autoscaling: Name Reference Targets MinPods MaxPods Replicas Age
        cronjobs.batch: Name Schedule Timezone Suspend Active Last-Schedule Age Containers* Images* Selector*
        jobs.batch: Name Status Completions Duration Age Containers* Images* Selector*
        certificatesigningrequests.certificates.k8s.io: Name Age SignerName Requestor RequestedDuration Condition
        leases.coordination.k8s.io: Name Holder Age
        configmaps: Name Data Age
        endpoints: Name Endpoints Age
        events: Last-Seen Type Reason Object Subobject* Source* Message First-Seen* Count* Name*
        limitranges: Name Created-At
        namespaces: Name Status Age
        nodes: Name Status Roles Age Version Internal-IP* External-IP* OS-Image* Kernel-Version* Container-Runtime*
        persistentvolumes: Name Capacity Access-Modes Reclaim-Policy Status Claim StorageClass VolumeAttributesClass Reason Age VolumeMode*
        persistentvolumeclaims: Name Status Volume Capacity Access-Modes StorageClass VolumeAttributesClass Age VolumeMode*
        pods: Name Ready Status Restarts Age IP* Node* Nominated-Node* Readiness-Gates*
        podtemplates: Name Containers Images Pod-Labels
        replicationcontrollers: Name Desired Current Ready Age Containers* Images* Selector*
        resourcequotas: Name Request Limit Age
        secrets: Name Type Data Age
        services: Name Type Cluster-IP External-IP Port(s) Age Selector*
        serviceaccounts: Name Secrets Age
        endpointslices.discovery.k8s.io: Name AddressType Ports Endpoints Age
        events.events.k8s.io: Last-Seen Type Reason Object Subobject* Source* Message First-Seen* Count* Name*
        flowschemas.flowcontrol.apiserver.k8s.io: Name PriorityLevel MatchingPrecedence DistinguisherMethod Age MissingPL
        prioritylevelconfigurations.flowcontrol.apiserver.k8s.io: Name Type NominalConcurrencyShares Queues HandSize QueueLengthLimit Age
        ipaddresses.networking.k8s.io: Name ParentRef
        ingresses.networking.k8s.io: Name Class Hosts Address Ports Age
        ingressclasses.networking.k8s.io: Name Controller Parameters Age
        networkpolicies.networking.k8s.io: Name Pod-Selector Age
        servicecidrs.networking.k8s.io: Name CIDRs Age
        runtimeclasses.node.k8s.io: Name Handler Age
        poddisruptionbudgets.policy: Name Min-Available Max-Unavailable Allowed-Disruptions Age
        clusterroles.rbac.authorization.k8s.io: Name Created-At
        clusterrolebindings.rbac.authorization.k8s.io: Name Role Age Users* Groups* ServiceAccounts*
        roles.rbac.authorization.k8s.io: Name Created-At
        rolebindings.rbac.authorization.k8s.io: Name Role Age Users* Groups* ServiceAccounts*
        deviceclasses.resource.k8s.io: Name Age
        resourceclaims.resource.k8s.io: Name State Age
        resourceclaimtemplates.resource.k8s.io: Name Age
        resourceslices.resource.k8s.io: Name Node Driver Pool Age
        priorityclasses.scheduling.k8s.io: Name Value Global-Default Age PreemptionPolicy
        csidrivers.storage.k8s.io: Name AttachRequired PodInfoOnMount StorageCapacity TokenRequests RequiresRepublish Modes Age
        csinodes.storage.k8s.io: Name Drivers Age
        csistoragecapacities.storage.k8s.io: Name StorageClassName Capacity
        storageclasses.storage.k8s.io: Name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age
        volumeattachments.storage.k8s.io: Name Attacher PV Node Attached Age
        volumeattributesclasses.storage.k8s.io: Name DriverName Age
        customresourcedefinitions.apiextensions.k8s.io: Name Created-At
        apiservices.apiregistration.k8s.io: Name Service Available Age
        """;
}
