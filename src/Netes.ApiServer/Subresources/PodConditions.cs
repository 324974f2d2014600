using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Subresources;

/// <summary>Source: pkg/api/v1/pod/util.go, UpdatePodCondition.</summary>
internal static class PodConditions
{
    /// <summary>The conditions with this one set; its time stays when its status does.</summary>
    public static ValueList<PodCondition> With(ValueList<PodCondition> conditions, PodCondition condition)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Type == condition.Type)
            {
                return conditions.SetItem(i, conditions[i].Status == condition.Status
                    ? condition with { LastTransitionTime = conditions[i].LastTransitionTime }
                    : condition);
            }
        }

        return conditions.Add(condition);
    }

    public static bool IsReady(Pod pod) => pod.Status.Conditions.Any(static condition =>
        condition is { Type: PodConditionType.Ready, Status: "True" });
}
