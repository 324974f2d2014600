namespace Netes.ApiServer.Authorization.Bootstrap;

/// <summary>
/// The rules of the controllers' cluster roles, each bound to the service account of its name in kube-system.
/// Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go.
/// </summary>
internal static class ControllerRoleRules
{
    public const string Text = """
        system:controller:attachdetach-controller
          list,watch | core | persistentvolumeclaims persistentvolumes
          read | core | nodes
          patch,update | core | nodes/status
          list,watch | core | pods
          create,patch,update | core,events.k8s.io | events
          read,create,delete | storage.k8s.io | volumeattachments
          read | storage.k8s.io | csidrivers
          read | storage.k8s.io | csinodes
        system:controller:certificate-controller
          read,delete | certificates.k8s.io | certificatesigningrequests
          update | certificates.k8s.io | certificatesigningrequests/approval
              certificatesigningrequests/status
          approve | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-client-kubelet
          sign | certificates.k8s.io | signers | kubernetes.io/kube-apiserver-client
              kubernetes.io/kube-apiserver-client-kubelet kubernetes.io/kubelet-serving
              kubernetes.io/legacy-unknown
          create | authorization.k8s.io | subjectaccessreviews
          create,patch,update | core,events.k8s.io | events
        system:controller:clusterrole-aggregation-controller
          read,escalate,patch,update | rbac.authorization.k8s.io | clusterroles
        system:controller:cronjob-controller
          read,update | batch | cronjobs
          read,create,delete,patch,update | batch | jobs
          update | batch | cronjobs/finalizers cronjobs/status
          delete,list,watch | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:daemon-set-controller
          read | apps,extensions | daemonsets
          update | apps,extensions | daemonsets/status
          update | apps,extensions | daemonsets/finalizers
          list,watch | core | nodes
          create,delete,list,patch,watch | core | pods
          create | core | pods/binding
          read,create,delete,patch,update | apps | controllerrevisions
          create,patch,update | core,events.k8s.io | events
        system:controller:deployment-controller
          read,update | apps,extensions | deployments
          update | apps,extensions | deployments/status
          update | apps,extensions | deployments/finalizers
          read,create,delete,patch,update | apps,extensions | replicasets
          read,update | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:device-taint-eviction-controller
          read,delete | core | pods
          patch,update | core | pods/status
          read | resource.k8s.io | deviceclasses devicetaintrules resourceclaims resourceslices
          create,patch,update | core,events.k8s.io | events
        system:controller:disruption-controller
          read | apps,extensions | deployments
          read | apps,extensions | replicasets
          read | core | replicationcontrollers
          read | policy | poddisruptionbudgets
          read | apps | statefulsets
          update | policy | poddisruptionbudgets/status
          get | * | */scale
          patch,update | core | pods/status
          create,patch,update | core,events.k8s.io | events
        system:controller:endpoint-controller
          read | core | pods services
          create,delete,get,list,update | core | endpoints
          create | core | endpoints/restricted
          create,patch,update | core,events.k8s.io | events
        system:controller:endpointslice-controller
          read | core | nodes pods services
          update | core | services/finalizers
          create,delete,get,list,update | discovery.k8s.io | endpointslices
          create,patch,update | core,events.k8s.io | events
        system:controller:endpointslicemirroring-controller
          read | core | endpoints services
          update | core | services/finalizers
          update | core | endpoints/finalizers
          create,delete,get,list,update | discovery.k8s.io | endpointslices
          create,patch,update | core,events.k8s.io | events
        system:controller:ephemeral-volume-controller
          read | core | pods
          update | core | pods/finalizers
          read,create | core | persistentvolumeclaims
          create,patch,update | core,events.k8s.io | events
        system:controller:expand-controller
          read,patch,update | core | persistentvolumes
          patch,update | core | persistentvolumeclaims/status
          read | core | persistentvolumeclaims
          read | storage.k8s.io | storageclasses
          create,patch,update | core,events.k8s.io | events
        system:controller:generic-garbage-collector
          read,delete,patch,update | * | *
          create,patch,update | core,events.k8s.io | events
        system:controller:horizontal-pod-autoscaler
          read | autoscaling | horizontalpodautoscalers
          update | autoscaling | horizontalpodautoscalers/status
          get,update | * | */scale
          list | core | pods
          get | core | services/proxy | http:heapster: https:heapster:
          list | metrics.k8s.io | pods
          get,list | custom.metrics.k8s.io | *
          create,patch,update | core,events.k8s.io | events
        system:controller:job-controller
          read,patch,update | batch | jobs
          update | batch | jobs/finalizers jobs/status
          create,delete,list,patch,watch | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:legacy-service-account-token-cleaner
          get | core | configmaps | kube-apiserver-legacy-service-account-token-tracking
          delete,patch | core | secrets
        system:controller:namespace-controller
          read,delete | core | namespaces
          update | core | namespaces/finalize namespaces/status
          delete,deletecollection,get,list | * | *
        system:controller:node-controller
          read,delete,patch,update | core | nodes
          patch,update | core | nodes/status pods/status
          read,delete | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:persistent-volume-binder
          read,create,delete,update | core | persistentvolumes
          update | core | persistentvolumes/status
          read,update | core | persistentvolumeclaims
          update | core | persistentvolumeclaims/status
          read,create,delete | core | pods
          read | storage.k8s.io | storageclasses
          create,delete,get,update | core | endpoints
          create,delete,get | core | services
          get | core | secrets
          get,list | core | nodes
          watch | core | events
          create,patch,update | core,events.k8s.io | events
        system:controller:pod-garbage-collector
          delete,list,watch | core | pods
          read | core | nodes
          patch | core | pods/status
        system:controller:pv-protection-controller
          read,update | core | persistentvolumes
          create,patch,update | core,events.k8s.io | events
        system:controller:pvc-protection-controller
          read,update | core | persistentvolumeclaims
          read | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:replicaset-controller
          read,update | apps,extensions | replicasets
          update | apps,extensions | replicasets/status
          update | apps,extensions | replicasets/finalizers
          create,delete,list,patch,watch | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:replication-controller
          read,update | core | replicationcontrollers
          update | core | replicationcontrollers/status
          update | core | replicationcontrollers/finalizers
          create,delete,list,patch,watch | core | pods
          create,patch,update | core,events.k8s.io | events
        system:controller:resource-claim-controller
          read | core | pods
          update | core | pods/finalizers
          read,create,delete | resource.k8s.io | resourceclaims
          read | resource.k8s.io | resourceclaimtemplates
          patch,update | resource.k8s.io | resourceclaims resourceclaims/binding resourceclaims/status
          patch,update | core | pods/status
          create,patch,update | core,events.k8s.io | events
        system:controller:resourcequota-controller
          list,watch | * | *
          update | core | resourcequotas/status
          create,patch,update | core,events.k8s.io | events
        system:controller:root-ca-cert-publisher
          create,update | core | configmaps
          create,patch,update | core,events.k8s.io | events
        system:controller:route-controller
          list,watch | core | nodes
          patch | core | nodes/status
          create,patch,update | core,events.k8s.io | events
        system:controller:selinux-warning-controller
          create,patch,update | core,events.k8s.io | events
          read | core | persistentvolumeclaims persistentvolumes pods
          read | storage.k8s.io | csidrivers
        system:controller:service-account-controller
          create | core | serviceaccounts
          create,patch,update | core,events.k8s.io | events
        system:controller:service-cidrs-controller
          read,patch,update | networking.k8s.io | servicecidrs
          patch,update | networking.k8s.io | servicecidrs/finalizers servicecidrs/status
          read | networking.k8s.io | ipaddresses
          create,patch,update | core,events.k8s.io | events
        system:controller:service-controller
          read | core | services
          patch,update | core | services/status
          list,watch | core | nodes
          create,patch,update | core,events.k8s.io | events
        system:controller:statefulset-controller
          read,create,delete,patch,update | core | pods
          read | apps | statefulsets
          update | apps | statefulsets/finalizers statefulsets/status
          update | core | pods/finalizers
          read,create,delete,patch,update | apps | controllerrevisions
          read,create,delete,update | core | persistentvolumeclaims
          create,patch,update | core,events.k8s.io | events
        system:controller:ttl-after-finished-controller
          read,delete | batch | jobs
          create,patch,update | core,events.k8s.io | events
        system:controller:ttl-controller
          list,patch,update,watch | core | nodes
          create,patch,update | core,events.k8s.io | events
        system:controller:validatingadmissionpolicy-status-controller
          read | admissionregistration.k8s.io | validatingadmissionpolicies
          get,patch,update | admissionregistration.k8s.io | validatingadmissionpolicies/status
          create,patch,update | core,events.k8s.io | events
        system:controller:volumeattributesclass-protection-controller
          read | core | persistentvolumeclaims persistentvolumes
          read,update | storage.k8s.io | volumeattributesclasses
          create,patch,update | core,events.k8s.io | events
        """;
}
