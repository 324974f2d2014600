using Netes.Api;
using Netes.Api.ApiDiscovery;
using Netes.Api.Meta;
using Netes.ApiServer.Discovery;
using Netes.ApiServer.Housekeeping;

namespace Netes.ApiServer.Aggregation;

/// <summary>
/// This server's groups and those of others in one list: by groupPriorityMinimum, then by name; versions by
/// versionPriority, then as versions go. Source: kube-aggregator pkg/apis/apiregistration/v1/helper/helpers.go,
/// SortedByGroupAndVersion; pkg/apiserver/handler_apis.go.
/// </summary>
internal static class MergedGroups
{
    /// <summary>Groups in the plain form.</summary>
    public static ValueList<APIGroup> Plain(ValueList<APIGroup> own, IEnumerable<RemoteService> remotes) =>
        Merge(own, static group => group.Name, remotes, Plain);

    /// <summary>Groups in the form of the document of all groups; what a server never said is empty and
    /// stale.</summary>
    public static APIGroupDiscoveryList Aggregated(
        APIGroupDiscoveryList own, IEnumerable<RemoteService> remotes,
        IReadOnlyDictionary<string, RemoteDocument> documents) => own with
        {
            Items = Merge(own.Items, static group => group.Metadata.Name, remotes,
                (group, versions) => Aggregated(group, versions, documents)),
        };

    private static ValueList<T> Merge<T>(ValueList<T> own, Func<T, string> nameOf, IEnumerable<RemoteService> remotes,
        Func<T?, List<RemoteService>, T> add)
        where T : class
    {
        var merged = own.ToList();
        foreach (var group in remotes.GroupBy(static remote => remote.Group))
        {
            var versions = group.ToList();
            var at = merged.FindIndex(known => nameOf(known) == group.Key);
            if (at >= 0)
            {
                merged[at] = add(merged[at], versions);
                continue;
            }

            var priority = versions.Max(static remote => remote.Object.Spec.GroupPriorityMinimum);
            at = merged.FindIndex(known => IsAfter(nameOf(known), group.Key, priority, remotes));
            merged.Insert(at < 0 ? merged.Count : at, add(null, versions));
        }

        return [.. merged];
    }

    private static bool IsAfter(string known, string group, int priority, IEnumerable<RemoteService> remotes)
    {
        // The aggregator's own group stands first.
        if (known == "apiregistration.k8s.io")
        {
            return false;
        }

        var own = remotes.Where(remote => remote.Group == known)
            .Select(static remote => remote.Object.Spec.GroupPriorityMinimum)
            .DefaultIfEmpty(ApiServicePriorities.OfGroup(known)).Max();
        return own < priority || (own == priority && string.CompareOrdinal(known, group) > 0);
    }

    private static APIGroup Plain(APIGroup? own, List<RemoteService> remotes)
    {
        var name = remotes[0].Group;
        var versions = Sorted(name, (own?.Versions ?? []).Select(static version => version.Version), remotes)
            .Select(version => new GroupVersionForDiscovery { GroupVersion = $"{name}/{version}", Version = version })
            .ToValueList();
        return new() { Name = name, Versions = versions, PreferredVersion = versions[0] };
    }

    private static APIGroupDiscovery Aggregated(
        APIGroupDiscovery? own, List<RemoteService> remotes, IReadOnlyDictionary<string, RemoteDocument> documents)
    {
        var name = remotes[0].Group;
        var known = (own?.Versions ?? []).ToDictionary(static version => version.Version, StringComparer.Ordinal);
        foreach (var remote in remotes)
        {
            var document = documents.GetValueOrDefault(remote.Name)?.Version ?? new() { Version = remote.Version };
            known[remote.Version] = document with
            {
                Freshness = remote.IsAvailable && documents.ContainsKey(remote.Name)
                    ? DiscoveryFreshness.Current : DiscoveryFreshness.Stale,
            };
        }

        return new()
        {
            Metadata = new ObjectMeta { Name = name },
            Versions = Sorted(name, known.Keys, remotes).Select(version => known[version]).ToValueList(),
        };
    }

    private static IEnumerable<string> Sorted(string group, IEnumerable<string> own, List<RemoteService> remotes)
    {
        var priorities = remotes.ToDictionary(
            static remote => remote.Version, static remote =>
                remote.Object.Spec.VersionPriority, StringComparer.Ordinal);
        return own.Concat(priorities.Keys).Distinct(StringComparer.Ordinal)
            .OrderByDescending(version =>
                priorities.TryGetValue(version, out var priority) ? priority
                    : ApiServicePriorities.OfVersion(group, version))
            .ThenByDescending(GroupOrder.Rank).ThenBy(static version => version, StringComparer.Ordinal);
    }
}
