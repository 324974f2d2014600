using Netes.Api;

namespace Netes.ApiServer.Registry;

/// <summary>
/// What happens around the storing of some kinds: addresses and ports of services are allocated and released.
/// Source: apiserver pkg/registry/generic/registry/store.go, BeginCreate, BeginUpdate and AfterDelete.
/// </summary>
internal sealed class StorageHooks(IReadOnlyDictionary<string, IStorageHook> byResource)
{
    public ValueTask<HookedWrite> BeforeCreateAsync(
        ResourceStrategy strategy, IKubernetesObject value, CancellationToken cancel) =>
        byResource.TryGetValue(strategy.Definition.QualifiedName, out var hook)
            ? hook.BeforeCreateAsync(value, cancel)
            : ValueTask.FromResult(HookedWrite.Of(value));

    public ValueTask<HookedWrite> BeforeUpdateAsync(
        ResourceStrategy strategy, IKubernetesObject next, IKubernetesObject old, CancellationToken cancel) =>
        byResource.TryGetValue(strategy.Definition.QualifiedName, out var hook)
            ? hook.BeforeUpdateAsync(next, old, cancel)
            : ValueTask.FromResult(HookedWrite.Of(next));

    public void AfterDelete(ResourceStrategy strategy, IKubernetesObject deleted)
    {
        if (byResource.TryGetValue(strategy.Definition.QualifiedName, out var hook))
        {
            hook.AfterDelete(deleted);
        }
    }
}

/// <summary>The hook of one kind.</summary>
internal interface IStorageHook
{
    ValueTask<HookedWrite> BeforeCreateAsync(IKubernetesObject value, CancellationToken cancel);

    ValueTask<HookedWrite> BeforeUpdateAsync(
        IKubernetesObject next, IKubernetesObject old, CancellationToken cancel);

    void AfterDelete(IKubernetesObject deleted);
}

/// <summary>What to store, and whom to tell whether it was stored.</summary>
internal readonly record struct HookedWrite(IKubernetesObject Value, Action<bool>? Finished)
{
    public static HookedWrite Of(IKubernetesObject value) => new(value, null);

    public void Finish(bool stored) => Finished?.Invoke(stored);
}
