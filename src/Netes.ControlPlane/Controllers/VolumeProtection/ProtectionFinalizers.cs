using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ControlPlane;

/// <summary>The finalizer that keeps what is in use.</summary>
internal static class ProtectionFinalizers
{
    /// <summary>
    /// The metadata as they should be; null when they are. What lives has the finalizer, what is to go has it while it
    /// is used.
    /// </summary>
    public static ObjectMeta? Wanted(ObjectMeta metadata, string finalizer, bool isUsed)
    {
        var has = metadata.Finalizers.Contains(finalizer);
        if (metadata.DeletionTimestamp is null)
        {
            return has ? null : metadata with { Finalizers = metadata.Finalizers.Add(finalizer) };
        }

        return has && !isUsed
            ? metadata with { Finalizers = metadata.Finalizers.Where(name => name != finalizer).ToValueList() }
            : null;
    }
}
