using Netes.Api;
using Netes.Api.Batch;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>What a job's policy says about the failure of a pod.</summary>
/// <param name="Action">Of the rule that matched; null: none did.</param>
/// <param name="Counts">The failure counts towards the back-off limit.</param>
/// <param name="FailsJob">Why the job fails at once; null: it does not.</param>
internal sealed record PodFailure(string? Action, bool Counts, string? FailsJob)
{
    private static readonly PodFailure Ordinary = new(null, true, null);

    /// <summary>The first rule that matches decides. Source: pkg/controller/job/pod_failure_policy.go.</summary>
    public static PodFailure Judge(PodFailurePolicy? policy, Pod pod)
    {
        if (policy is null)
        {
            return Ordinary;
        }

        for (var i = 0; i < policy.Rules.Count; i++)
        {
            if (Matches(policy.Rules[i], pod) is { } why)
            {
                var action = policy.Rules[i].Action;
                return new(
                    action,
                    action != PodFailurePolicyAction.Ignore,
                    action == PodFailurePolicyAction.FailJob
                        ? FormattableString.Invariant($"{why} matching {action} rule at index {i}")
                        : null);
            }
        }

        return Ordinary;
    }

    /// <summary>What in the pod's status matched; null: nothing.</summary>
    private static string? Matches(PodFailurePolicyRule rule, Pod pod)
    {
        var (ns, name) = (pod.Metadata.Namespace, pod.Metadata.Name);
        if (rule.OnExitCodes is { } codes)
        {
            var container = Exited(pod.Status.ContainerStatuses, codes)
                ?? Exited(pod.Status.InitContainerStatuses, codes);
            return container is not null
                ? FormattableString.Invariant($"Container {container.Name} for pod {ns}/{name} failed with exit code ")
                    + FormattableString.Invariant($"{container.State!.Terminated!.ExitCode}")
                : null;
        }

        foreach (var condition in pod.Status.Conditions)
        {
            foreach (var pattern in rule.OnPodConditions)
            {
                if (condition.Type == pattern.Type && condition.Status == pattern.Status)
                {
                    return $"Pod {ns}/{name} has condition {condition.Type}";
                }
            }
        }

        return null;
    }

    private static ContainerStatus? Exited(
        ValueList<ContainerStatus> containers, PodFailurePolicyOnExitCodesRequirement codes) =>
        containers.FirstOrDefault(container =>
            container.State?.Terminated is { ExitCode: not 0 } ended
            && (codes.ContainerName is null || codes.ContainerName == container.Name)
            && codes.Operator switch
            {
                PodFailurePolicyOnExitCodesOperator.In => codes.Values.Contains(ended.ExitCode),
                PodFailurePolicyOnExitCodesOperator.NotIn => !codes.Values.Contains(ended.ExitCode),
                _ => false,
            });
}
