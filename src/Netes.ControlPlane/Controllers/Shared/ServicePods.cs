using Netes.Api;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Which pods serve a service, and where. Source: staging endpointslice/util/controller_utils.go,
/// pkg/api/v1/pod/util.go.
/// </summary>
internal static class ServicePods
{
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>It has an address of its own, as headless services have not.</summary>
    public static bool HasClusterIP(Service service) => service.Spec.ClusterIP is not ("" or "None");

    /// <summary>An endpoint needs an address and a pod that has not ended.</summary>
    public static bool IsEndpoint(Pod pod, bool includeTerminating) =>
        !PodFacts.IsTerminal(pod)
        && (pod.Status.PodIP.Length > 0 || !pod.Status.PodIPs.IsEmpty)
        && (includeTerminating || pod.Metadata.DeletionTimestamp is null);

    /// <summary>The pod's address of the family; null: it has none.</summary>
    public static string? Address(Pod pod, bool ipv6)
    {
        foreach (var address in pod.Status.PodIPs)
        {
            if (address.IP.Contains(':', StringComparison.Ordinal) == ipv6)
            {
                return address.IP;
            }
        }

        var only = pod.Status.PodIP;
        return pod.Status.PodIPs.IsEmpty && only.Length > 0 && only.Contains(':', StringComparison.Ordinal) == ipv6
            ? only
            : null;
    }

    /// <summary>The number behind a service's target port; null: the pod has no port of that name.</summary>
    public static int? Port(Pod pod, ServicePort port)
    {
        if (!port.TargetPort.IsString)
        {
            return port.TargetPort.Number == 0 ? port.Port : port.TargetPort.Number;
        }

        return Named(pod.Spec.Containers) ?? Named(pod.Spec.InitContainers.Where(
            container => container.RestartPolicy == ContainerRestartPolicy.Always));

        int? Named(IEnumerable<Container> containers)
        {
            foreach (var container in containers)
            {
                foreach (var own in container.Ports)
                {
                    if (own.Name == port.TargetPort.Text && own.Protocol == port.Protocol)
                    {
                        return own.ContainerPortValue;
                    }
                }
            }

            return null;
        }
    }

    /// <summary>The pod has a DNS name of its own under the service.</summary>
    public static bool HasHostname(Pod pod, Service service) =>
        pod.Spec.Hostname.Length > 0 && pod.Spec.Subdomain == service.Metadata.Name
        && pod.Metadata.Namespace == service.Metadata.Namespace;

    public static ObjectReference Reference(Pod pod) => new()
    {
        Kind = "Pod",
        Namespace = pod.Metadata.Namespace,
        Name = pod.Metadata.Name,
        Uid = pod.Metadata.Uid,
    };

    /// <summary>Enqueues the services whose endpoints a pod's change may change.</summary>
    public static void EnqueueServices(
        this Informer<Pod> pods, ObjectCache<Service> services, WorkQueue<ObjectKey> queue) => pods.AddHandler(change =>
        {
            if (change.Old is { } old && change.New is { } next && !Matters(old, next))
            {
                return;
            }

            foreach (var service in services.List(change.Key.Namespace))
            {
                var selector = service.Spec.Selector;
                if (!selector.IsEmpty
                    && ((change.New is { } now && Selectors.Contains(now.Metadata.Labels, selector))
                        || (change.Old is { } then && Selectors.Contains(then.Metadata.Labels, selector))))
                {
                    queue.Add(ObjectKey.Of(service));
                }
            }
        });

    /// <summary>Enqueues the services that select the pod.</summary>
    public static void EnqueueServices(Pod pod, ObjectCache<Service> services, WorkQueue<ObjectKey> queue)
    {
        foreach (var service in services.List(pod.Metadata.Namespace))
        {
            if (!service.Spec.Selector.IsEmpty && Selectors.Contains(pod.Metadata.Labels, service.Spec.Selector))
            {
                queue.Add(ObjectKey.Of(service));
            }
        }
    }

    private static bool Matters(Pod old, Pod next) =>
        old.Metadata.Labels != next.Metadata.Labels
        || old.Metadata.DeletionTimestamp != next.Metadata.DeletionTimestamp
        || old.Status.Phase != next.Status.Phase
        || old.Status.PodIPs != next.Status.PodIPs
        || old.Status.PodIP != next.Status.PodIP
        || old.Spec.NodeName != next.Spec.NodeName
        || PodFacts.IsReady(old) != PodFacts.IsReady(next);
}
