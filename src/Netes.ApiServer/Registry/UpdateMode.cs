using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// Which part of an object an update may change: the main resource, its status, or what another subresource stands for.
/// </summary>
/// <param name="Prepare">(strategy, next, old) → what is stored.</param>
/// <param name="Check">(strategy, next, old) → what is wrong with it.</param>
internal sealed record UpdateMode(
    Func<ResourceStrategy, IKubernetesObject, IKubernetesObject, IKubernetesObject> Prepare,
    Func<ResourceStrategy, IKubernetesObject, IKubernetesObject, IReadOnlyCollection<FieldError>> Check)
{
    public static UpdateMode Main { get; } = new(
        static (strategy, next, old) => strategy.PrepareUpdate(next, old),
        static (strategy, next, old) => strategy.CheckUpdate(next, old));

    public static UpdateMode Status { get; } = new(
        static (strategy, next, old) => strategy.PrepareStatusUpdate(next, old),
        static (strategy, next, old) => strategy.CheckStatusUpdate(next, old));
}
