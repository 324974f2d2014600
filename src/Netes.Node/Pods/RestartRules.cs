using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>
/// Whether a container that ended starts again.
/// Source: pkg/kubelet/container/helpers.go (ShouldContainerBeRestarted), KEP-5307 (restartPolicyRules).
/// </summary>
public static class RestartRules
{
    public static bool ShouldStart(PodContainer container, Pod pod, RuntimeContainer? instance)
    {
        if (instance is null)
        {
            return true;
        }

        return instance.State switch
        {
            RuntimeContainerState.Running => false,
            RuntimeContainerState.Created or RuntimeContainerState.Unknown => container.Kind != ContainerKind.Ephemeral,
            _ => ShouldRestart(container, pod.Spec, instance.ExitCode),
        };
    }

    /// <summary>Whether an instance that ended with <paramref name="exitCode"/> gets a successor.</summary>
    public static bool ShouldRestart(PodContainer container, PodSpec spec, int exitCode)
    {
        switch (container.Kind)
        {
            case ContainerKind.Ephemeral:
                return false;
            case ContainerKind.Sidecar:
                return true;
        }

        foreach (var rule in container.Spec.RestartPolicyRules)
        {
            if (rule.ExitCodes is { } codes && rule.Action == ContainerRestartRuleAction.Restart
                && Contains(codes, exitCode) == (codes.Operator == ContainerRestartRuleOnExitCodesOperator.In))
            {
                return true;
            }
        }

        var policy = container.Spec.RestartPolicy is { Length: > 0 } own ? own : spec.RestartPolicy;
        return policy switch
        {
            // A regular init container that succeeded is done, whatever the policy.
            RestartPolicy.Always or "" => container.Kind != ContainerKind.Init || exitCode != 0,
            RestartPolicy.OnFailure => exitCode != 0,
            _ => false,
        };
    }

    private static bool Contains(ContainerRestartRuleOnExitCodes codes, int exitCode) =>
        ((IEnumerable<int>)codes.Values).Contains(exitCode);
}
