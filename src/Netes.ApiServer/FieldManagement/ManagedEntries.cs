using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.FieldManagement;

/// <summary>What an update makes of the managed fields.</summary>
internal static class ManagedEntries
{
    public const string Update = "Update";
    public const string Apply = "Apply";
    public const string FieldsV1 = "FieldsV1";

    // Source: apimachinery pkg/util/managedfields/internal/fieldmanager.go, DefaultMaxUpdateManagers.
    private const int MaxUpdaters = 10;

    private static readonly ManagedFieldsEntry Nothing = new();

    /// <summary>
    /// The entries that a write starts from: those sent along where they can be read, else those that are there; one
    /// empty entry asks for forgetting them all.
    /// Source: apimachinery pkg/util/managedfields/internal/fieldmanager.go, decodeLiveOrNew.
    /// </summary>
    public static ValueList<ManagedFieldsEntry> StartFrom(
        ValueList<ManagedFieldsEntry> requested, ValueList<ManagedFieldsEntry> live, bool isSubresource)
    {
        if (isSubresource || requested.IsEmpty || requested == live)
        {
            return live;
        }

        if (requested.Count == 1 && requested[0] == Nothing)
        {
            return [];
        }

        return FieldsNormalizer.TryNormalize(requested, out var normal) ? normal : live;
    }

    /// <summary>
    /// The entries after an update whose difference stands in the scratch: the manager gets what was added or modified,
    /// all others lose it, and nobody keeps what is gone. The sets are the scratch's own.
    /// Source: structured-merge-diff merge/update.go, Update; managedfields/internal/managedfieldsupdater.go.
    /// </summary>
    public static ValueList<ManagedFieldsEntry> AfterUpdate(
        ValueList<ManagedFieldsEntry> entries, FieldTracking tracking, FieldScratch scratch)
    {
        var changed = scratch.Changed.Finish();
        var removed = scratch.Removed.Finish();
        if (scratch.Changed.IsEmpty && scratch.Removed.IsEmpty)
        {
            return entries;
        }

        var lost = changed;
        if (!scratch.Removed.IsEmpty)
        {
            FieldSets.Union(changed, removed, scratch.Lost);
            lost = scratch.Lost.Finish();
        }

        var version = tracking.Resource.Definition.ApiVersion;
        var list = new List<ManagedFieldsEntry>(entries.Count + 1);
        var known = false;
        foreach (var entry in entries)
        {
            var isOwn = Is(entry, tracking.Manager, tracking.Subresource) && entry.ApiVersion == version;
            known |= isOwn;
            if (isOwn)
            {
                var rest = SetOf(entry);
                if (!scratch.Removed.IsEmpty)
                {
                    FieldSets.Difference(rest, removed, scratch.First);
                    rest = scratch.First.Finish();
                }

                FieldSets.Union(rest, changed, scratch.Second);
                Add(list, entry, scratch.Second.Finish(), scratch, scratch.Changed.IsEmpty ? null : tracking.Now);
            }
            else if (entry.ApiVersion == version)
            {
                FieldSets.Difference(SetOf(entry), lost, scratch.First);
                Add(list, entry, scratch.First.Finish(), scratch, null);
            }
            else if (tracking.Resource.Converter is not null
                || tracking.Resource.Stored.Definition.ApiVersion != version)
            {
                list.Add(entry);
            }
        }

        if (!known && !scratch.Changed.IsEmpty)
        {
            Add(list, NewEntry(tracking, Update, version), changed, scratch, tracking.Now);
        }

        Cap(list, scratch);
        list.Sort(Order);
        return [.. list];
    }

    /// <summary>An entry of who writes, without its fields and time.</summary>
    public static ManagedFieldsEntry NewEntry(FieldTracking tracking, string operation, string version) => new()
    {
        Manager = tracking.Manager,
        Operation = operation,
        ApiVersion = version,
        FieldsType = FieldsV1,
        Subresource = tracking.Subresource,
    };

    /// <summary>The order in which entries are stored. Source: managedfields.go, sortEncodedManagedFields.</summary>
    public static int Order(ManagedFieldsEntry left, ManagedFieldsEntry right)
    {
        var order = string.CompareOrdinal(left.Operation, right.Operation);
        order = order != 0 ? order : Seconds(left).CompareTo(Seconds(right));
        return order != 0 ? order : OrderByName(left, right);
    }

    public static ReadOnlySpan<byte> SetOf(ManagedFieldsEntry entry) =>
        entry.FieldsV1 is { Utf8: { Length: >= 2 } set } && set.Span[0] == (byte)'{' ? set.Span : FieldSets.Empty;

    /// <summary>
    /// Merges the oldest updaters of a version into one entry while there are more than ten.
    /// Source: apimachinery pkg/util/managedfields/internal/capmanagers.go.
    /// </summary>
    public static void Cap(List<ManagedFieldsEntry> entries, FieldScratch scratch)
    {
        if (entries.Count <= MaxUpdaters)
        {
            return;
        }

        var updaters = entries.Where(static entry => entry.Operation == Update).ToList();
        updaters.Sort(static (left, right) =>
        {
            var order = Seconds(left).CompareTo(Seconds(right));
            return order != 0 ? order : OrderByName(left, right);
        });
        var surplus = updaters.Count - MaxUpdaters;
        var buckets = new Dictionary<string, ManagedFieldsEntry>(StringComparer.Ordinal);
        foreach (var updater in updaters)
        {
            if (surplus <= 0)
            {
                break;
            }

            if (!buckets.TryGetValue(updater.ApiVersion, out var bucket))
            {
                buckets.Add(updater.ApiVersion, updater);
                continue;
            }

            FieldSets.Union(SetOf(bucket), SetOf(updater), scratch.First);
            var merged = bucket with
            {
                Manager = FieldManagers.AncientChanges,
                Subresource = "",
                Time = updater.Time,
                FieldsV1 = new(scratch.Save(scratch.First.Finish())),
            };
            entries[entries.IndexOf(bucket)] = merged;
            entries.Remove(updater);
            buckets[updater.ApiVersion] = merged;
            surplus--;
        }
    }

    private static bool Is(ManagedFieldsEntry entry, string manager, string subresource) =>
        entry.Manager == manager && entry.Subresource == subresource && entry.Operation == Update;

    private static void Add(
        List<ManagedFieldsEntry> list, ManagedFieldsEntry entry, ReadOnlySpan<byte> set, FieldScratch scratch,
        Timestamp? now)
    {
        if (FieldSets.IsEmpty(set))
        {
            return;
        }

        if (entry.FieldsV1 is { } known && set.SequenceEqual(known.Utf8.Span))
        {
            list.Add(now is null || entry.Time == now ? entry : entry with { Time = now });
            return;
        }

        list.Add(entry with { Time = now ?? entry.Time, FieldsV1 = new(scratch.Save(set)) });
    }

    private static long Seconds(ManagedFieldsEntry entry) => entry.Time?.UnixSeconds ?? 0;

    private static int OrderByName(ManagedFieldsEntry left, ManagedFieldsEntry right)
    {
        var order = string.CompareOrdinal(left.Manager, right.Manager);
        order = order != 0 ? order : string.CompareOrdinal(left.ApiVersion, right.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(left.Subresource, right.Subresource);
    }
}
