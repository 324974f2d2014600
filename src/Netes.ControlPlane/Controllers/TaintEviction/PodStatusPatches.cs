using Netes.Api.Core;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Says of one pod what is to become of it. With the uid in it the patch is refused by a pod that came under the same
/// name since. Source: pkg/util/pod/pod.go, PatchPodStatus.
/// </summary>
internal static class PodStatusPatches
{
    /// <param name="pod">The pod.</param>
    /// <param name="phase">The new one; empty: it stays.</param>
    /// <param name="condition">The condition to set; null: none.</param>
    public static Patch Of(Pod pod, string phase, PodCondition? condition) => Json.Strategic(json =>
    {
        json.Object("metadata", metadata => metadata.WriteString("uid", pod.Metadata.Uid));
        json.Object("status", status =>
        {
            if (phase.Length > 0)
            {
                status.WriteString("phase", phase);
            }

            if (condition is not null)
            {
                var known = PodFacts.Condition(pod, condition.Type);
                status.Array("conditions", conditions =>
                {
                    conditions.WriteStartObject();
                    conditions.WriteString("type", condition.Type);
                    conditions.WriteNumber("observedGeneration", condition.ObservedGeneration);
                    conditions.WriteString("status", condition.Status);
                    conditions.WriteString("reason", condition.Reason);
                    conditions.WriteString("message", condition.Message);

                    // It moves with the status only.
                    var since = known?.Status == condition.Status ? known.LastTransitionTime : null;
                    conditions.WriteString("lastTransitionTime", (since ?? condition.LastTransitionTime).ToString());
                    conditions.WriteEndObject();
                });
            }
        });
    });
}
