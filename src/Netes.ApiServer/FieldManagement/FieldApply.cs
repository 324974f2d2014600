using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// Applies a configuration to an object: merges it in, takes away what its manager applied before and nobody else
/// holds, and gives the fields to him. Pure. Source: structured-merge-diff merge/update.go, Apply and prune.
/// </summary>
internal sealed class FieldApply(FieldTracking tracking, FieldShape kind, TreeMap config)
{
    private static ReadOnlySpan<byte> NameSet => "{\"f:metadata\":{\"f:name\":{}}}"u8;

    private readonly string _version = tracking.Resource.Definition.ApiVersion;

    /// <summary>What came of it.</summary>
    /// <param name="Value">The object, without managed fields.</param>
    /// <param name="Entries">Whose the fields are.</param>
    /// <param name="Conflicts">The fields of others that would change; with any, the rest is not to be used.</param>
    public sealed record Outcome(
        TreeMap Value, ValueList<ManagedFieldsEntry> Entries, IReadOnlyList<FieldConflict> Conflicts);

    /// <param name="live">The object as it is, without managed fields.</param>
    /// <param name="entries">Whose its fields are.</param>
    /// <param name="force">Take fields from others.</param>
    /// <param name="allowed">Conflicts in this set are none; null: none is allowed.</param>
    public Outcome Run(TreeMap live, ValueList<ManagedFieldsEntry> entries, bool force, byte[]? allowed = null)
    {
        var merged = FieldMerge.Merge(kind, live, config) as TreeMap ?? new TreeMap();
        var last = entries.FirstOrDefault(entry => entry.Operation == ManagedEntries.Apply
            && entry.Manager == tracking.Manager && entry.Subresource == tracking.Subresource);
        ValueList<ManagedFieldsEntry> others = [.. entries.Where(entry => entry != last)];
        var set = Named(config, tracking.Ignored);
        var next = last is null || last.ApiVersion != _version ? merged : Prune(merged, last, others, set);
        var scratch = FieldScratch.Rent();
        try
        {
            FieldComparison.Compare(
                kind, JsonTree.Encode(live), JsonTree.Encode(next), tracking.Ignored, scratch);
            var conflicts = force ? [] : Conflicts(others, allowed, scratch);
            var isSame = JsonTree.Same(live, next);
            var own = ManagedEntries.NewEntry(tracking, ManagedEntries.Apply, _version) with
            {
                Time = isSame ? last?.Time : tracking.Now,
                FieldsV1 = new(set),
            };
            var kept = Kept(others, scratch);
            if (!FieldSets.IsEmpty(set))
            {
                kept.Add(own);
            }

            kept.Sort(ManagedEntries.Order);
            return new(next, [.. kept], conflicts);
        }
        finally
        {
            scratch.Return();
        }
    }

    /// <summary>The fields that a configuration names.</summary>
    private byte[] Named(JsonTree? tree, ReadOnlySpan<byte> ignored)
    {
        var output = new FieldsWriter();
        FieldComparison.Collect(kind, JsonTree.Encode(tree), ignored, new FieldItems(), output);
        return output.Finish().ToArray();
    }

    // Taken away is what was applied last time, is not applied now, and is claimed by nobody else.
    private TreeMap Prune(
        TreeMap merged, ManagedFieldsEntry last, ValueList<ManagedFieldsEntry> others, byte[] set)
    {
        var lost = FieldClosure.Of(kind, ManagedEntries.SetOf(last));
        var pruned = FieldRemoval.Remove(kind, merged, lost);

        // Every configuration names its object, and with that holds its metadata.
        var owned = Make(FieldSets.Union, set, NameSet);
        foreach (var other in others.Where(other => other.ApiVersion == _version))
        {
            owned = Make(FieldSets.Union, owned, ManagedEntries.SetOf(other));
        }

        var all = FieldClosure.Of(kind, Named(merged, default));
        var held = Make(
            FieldSets.Union, FieldClosure.Of(kind, Named(pruned, default)), FieldClosure.Of(kind, owned));
        pruned = FieldRemoval.Remove(kind, merged, Make(FieldSets.Difference, all, held));

        // What the manager never had stays, even where it hangs on what he had.
        held = FieldClosure.Of(kind, Make(FieldSets.Union, Named(pruned, default), NameSet));
        var gone = Make(FieldSets.Difference, all, held);
        return FieldRemoval.Remove(kind, merged, Make(FieldSets.Intersection, gone, lost)) as TreeMap ?? new TreeMap();
    }

    private List<FieldConflict> Conflicts(
        ValueList<ManagedFieldsEntry> others, byte[]? allowed, FieldScratch scratch)
    {
        var conflicts = new List<FieldConflict>();
        foreach (var other in others.Where(other => other.ApiVersion == _version))
        {
            var set = Make(FieldSets.Intersection, ManagedEntries.SetOf(other), scratch.Changed.Finish());
            set = allowed is null ? set : Make(FieldSets.Difference, set, allowed);
            conflicts.AddRange(FieldPaths.Of(set).Select(path => new FieldConflict(other, path)));
        }

        return conflicts;
    }

    private List<ManagedFieldsEntry> Kept(ValueList<ManagedFieldsEntry> others, FieldScratch scratch)
    {
        var kept = new List<ManagedFieldsEntry>();
        var lost = Make(FieldSets.Union, scratch.Changed.Finish(), scratch.Removed.Finish());
        foreach (var other in others)
        {
            if (other.ApiVersion != _version)
            {
                kept.Add(other);
                continue;
            }

            var set = Make(FieldSets.Difference, ManagedEntries.SetOf(other), lost);
            if (!FieldSets.IsEmpty(set))
            {
                kept.Add(other with { FieldsV1 = new(set) });
            }
        }

        return kept;
    }

    private delegate void SetFunction(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output);

    private static byte[] Make(SetFunction function, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var output = new FieldsWriter();
        function(left, right, output);
        return output.Finish().ToArray();
    }
}

/// <summary>A field that another manager owns.</summary>
internal sealed record FieldConflict(ManagedFieldsEntry Owner, string Path);
