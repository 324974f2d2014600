using Netes.Api.Meta;
using Netes.Client;

namespace Netes.Simulation.Checks;

/// <summary>
/// Garbage is collected and nothing else: what the collector deletes has owners, and none of them is there any more,
/// but for such as wait for it to go. That all garbage goes is looked at when the cluster has come to rest.
/// </summary>
internal sealed class GarbageCheck(Mirror mirror, Verdict verdict)
{
    private const string Collector = "system:serviceaccount:kube-system:generic-garbage-collector";
    private const string Foreground = "foregroundDeletion";

    /// <summary>What the collector is about to delete; null: it does something else, or somebody else does.</summary>
    public ObjectMeta? Find(string user, ApiRequest request)
    {
        if (user != Collector || request.Method != HttpMethod.Delete)
        {
            return null;
        }

        // .../namespaces/NS/PLURAL/NAME is kept at /registry/PLURAL/NS/NAME.
        var parts = request.PathAndQuery.Split('?')[0].Split('/');
        var key = parts is [.., "namespaces", var ns, var plural, var name]
            ? $"/registry/{plural}/{ns}/{name}"
            : $"/registry/{parts[^2]}/{parts[^1]}";
        return mirror.All.ContainsKey(key) ? mirror.MetadataOf(key) : null;
    }

    public void Check(ObjectMeta metadata)
    {
        var there = metadata.OwnerReferences.IsEmpty
            ? "nobody"
            : mirror.All.Keys.Select(mirror.MetadataOf)
                .FirstOrDefault(one => metadata.OwnerReferences.Any(owner => owner.Uid == one.Uid)
                    && !(one.DeletionTimestamp is not null && one.Finalizers.Contains(Foreground)))
                ?.Name;
        if (there is not null)
        {
            verdict.Break(
                Finding.TakenWithOwner,
                $"the collector took {metadata.Namespace}/{metadata.Name}, which was owned by {there}");
        }
    }
}
