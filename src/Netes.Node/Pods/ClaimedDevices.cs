using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>
/// Devices that a pod claims. No driver of such registers with this agent yet: a pod is not started without what it
/// claims. Source: pkg/kubelet/cm/dra/manager.go, PrepareResources; kuberuntime_manager.go, SyncPod.
/// </summary>
internal static class ClaimedDevices
{
    public const string Reason = "FailedPrepareDynamicResources";

    /// <summary>Empty: the pod claims none, or only what its status says is not needed.</summary>
    public static string WhyNotPrepared(Pod pod)
    {
        foreach (var claim in pod.Spec.ResourceClaims)
        {
            var told = pod.Status.ResourceClaimStatuses.FirstOrDefault(status => status.Name == claim.Name);
            if ((claim.ResourceClaimName ?? told?.ResourceClaimName) is { } name)
            {
                return "Failed to prepare dynamic resources: prepare dynamic resources: "
                    + $"ResourceClaim {pod.Metadata.Namespace}/{name}: no DRA driver is registered on this node";
            }

            if (told is null)
            {
                return "Failed to prepare dynamic resources: prepare dynamic resources: "
                    + $"pod \"{pod.Metadata.Namespace}/{pod.Metadata.Name}\": ResourceClaim not created yet";
            }
        }

        return "";
    }
}
