namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// What a change did to an object, and which fields a configuration names: passes over canonical JSON, guided by the
/// schema. Equal parts are passed over as bytes. Source: structured-merge-diff typed/compare.go, tofieldset.go.
/// </summary>
internal readonly ref struct FieldComparison
{
    private readonly FieldItems _items;
    private readonly FieldsWriter _changed;
    private readonly FieldsWriter _removed;
    private readonly ReadOnlySpan<byte> _old;
    private readonly ReadOnlySpan<byte> _next;
    private readonly ReadOnlySpan<byte> _ignored;

    private FieldComparison(
        FieldItems items, FieldsWriter changed, FieldsWriter removed, ReadOnlySpan<byte> old, ReadOnlySpan<byte> next,
        ReadOnlySpan<byte> ignored)
    {
        (_items, _changed, _removed) = (items, changed, removed);
        _old = old;
        _next = next;
        _ignored = ignored;
    }

    /// <summary>Writes the fields that were added or modified, and those that are gone.</summary>
    /// <param name="kind">The shape of the object.</param>
    /// <param name="old">The object as it was.</param>
    /// <param name="next">The object as it will be.</param>
    /// <param name="ignored">A field of the object that is not looked at; empty: none.</param>
    /// <param name="scratch">What is written into: Changed and Removed.</param>
    public static void Compare(
        FieldShape kind, ReadOnlySpan<byte> old, ReadOnlySpan<byte> next, ReadOnlySpan<byte> ignored,
        FieldScratch scratch)
    {
        scratch.Changed.Reset();
        scratch.Removed.Reset();
        var comparison = new FieldComparison(scratch.Items, scratch.Changed, scratch.Removed, old, next, ignored);
        comparison.Both(kind, (0, old.Length), (0, next.Length), isRoot: true);
    }

    /// <summary>Writes the fields that an applied configuration names.</summary>
    public static void Collect(
        FieldShape kind, ReadOnlySpan<byte> applied, ReadOnlySpan<byte> ignored, FieldItems items, FieldsWriter output)
    {
        output.Reset();
        var comparison = new FieldComparison(items, output, output, default, applied, ignored);
        comparison.Named(kind, 0, applied.Length, owned: false, isRoot: true);
    }

    private void Both(
        FieldShape shape, (int Start, int End) old, (int Start, int End) next, bool isRoot = false)
    {
        var oldValue = _old[old.Start..old.End];
        var nextValue = _next[next.Start..next.End];
        if (oldValue.SequenceEqual(nextValue))
        {
            return;
        }

        var (isDeepOld, isDeepNext) = (shape.HasBelow(oldValue), shape.HasBelow(nextValue));
        if (!(isDeepOld || isDeepNext)
            || !(isDeepOld || JsonSpans.IsHollow(oldValue)) || !(isDeepNext || JsonSpans.IsHollow(nextValue)))
        {
            _changed.Member();
            return;
        }

        var mark = _items.Mark;
        FieldScanner.Push(_items, shape, _old, old.Start, old.End);
        var middle = _items.Count;
        FieldScanner.Push(_items, shape, _next, next.Start, next.End);
        var end = _items.Count;
        for (var (i, j) = (mark.Count, middle); i < middle || j < end;)
        {
            var order = i == middle ? 1 : j == end ? -1 : _items.CompareElements(i, j);
            var before = order <= 0 ? _items.Run(i, middle) : 0;
            var after = order >= 0 ? _items.Run(j, end) : 0;
            var shown = before > 0 ? i : j;
            if (!(isRoot && IsIgnored(shown)))
            {
                _changed.Enter(_items.Element(shown));
                _removed.Enter(_items.Element(shown));
                Runs(i, before, j, after);
                _changed.Leave();
                _removed.Leave();
            }

            (i, j) = (i + before, j + after);
        }

        _items.Release(mark);
    }

    // What stands once on both sides is compared; what stands more than once is owned as a whole.
    private void Runs(int i, int before, int j, int after)
    {
        if (before <= 1 && after <= 1)
        {
            if (before == 0)
            {
                All(j, isNext: true);
            }
            else if (after == 0)
            {
                All(i, isNext: false);
            }
            else
            {
                var (old, next) = (_items[i], _items[j]);
                Both(next.Shape, (old.Start, old.End), (next.Start, next.End));
            }
        }
        else if (before >= 2 && after >= 2)
        {
            if (!SameRuns(i, before, j, after))
            {
                _changed.Member();
            }
        }
        else if (before >= 2)
        {
            _removed.Member();
            if (after > 0)
            {
                All(j, isNext: true);
            }
        }
        else
        {
            _changed.Member();
            if (before > 0)
            {
                All(i, isNext: false);
            }
        }
    }

    private bool SameRuns(int i, int before, int j, int after)
    {
        var isSame = before == after;
        for (var k = 0; k < before && isSame; k++)
        {
            var (old, next) = (_items[i + k], _items[j + k]);
            isSame = _old[old.Start..old.End].SequenceEqual(_next[next.Start..next.End]);
        }

        return isSame;
    }

    // A part that stands on one side only, with all that is in it.
    private void All(int index, bool isNext)
    {
        ref readonly var item = ref _items[index];
        var output = isNext ? _changed : _removed;
        if (item.Field is not { IsUnowned: true })
        {
            output.Member();
        }

        var source = isNext ? _next : _old;
        var mark = _items.Mark;
        FieldScanner.Push(_items, item.Shape, source, item.Start, item.End);
        var end = _items.Count;
        for (var i = mark.Count; i < end;)
        {
            var run = _items.Run(i, end);
            ref readonly var part = ref _items[i];
            if (run > 1 || !part.Shape.HasBelow(source[part.Start..part.End]))
            {
                output.Leaf(_items.Element(i));
            }
            else
            {
                output.Enter(_items.Element(i));
                All(i, isNext);
                output.Leave();
            }

            i += run;
        }

        _items.Release(mark);
    }

    // An object that is a field is not owned itself, only what is in it: others may add to it.
    private void Named(FieldShape shape, int start, int stop, bool owned, bool isRoot = false)
    {
        var value = _next[start..stop];
        var hasBelow = shape.HasBelow(value);
        if (owned || (!hasBelow && !(shape.IsList && value[0] == (byte)'[')))
        {
            _changed.Member();
        }

        var mark = _items.Mark;
        FieldScanner.Push(_items, shape, _next, start, stop);
        var end = _items.Count;
        for (var i = mark.Count; i < end;)
        {
            var run = _items.Run(i, end);
            if (!(isRoot && IsIgnored(i)))
            {
                var item = _items[i];
                _changed.Enter(_items.Element(i));
                if (run > 1)
                {
                    _changed.Member();
                }
                else if (item.Field is not { IsUnowned: true } || item.Shape.HasBelow(_next[item.Start..item.End]))
                {
                    Named(item.Shape, item.Start, item.End, owned: item.Field is null);
                }

                _changed.Leave();
            }

            i += run;
        }

        _items.Release(mark);
    }

    private bool IsIgnored(int index) =>
        !_ignored.IsEmpty && _items.Element(index)[2..].SequenceEqual(_ignored);
}
