namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// The algebra of sets of fields, on their FieldsV1 text: both are in order, so that one pass over both is enough.
/// Source: structured-merge-diff fieldpath/set.go.
/// </summary>
internal static class FieldSets
{
    public static ReadOnlySpan<byte> Empty => "{}"u8;

    public static bool IsEmpty(ReadOnlySpan<byte> set) => set.Length <= 2;

    public static void Union(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output) =>
        Run(SetOperation.Union, left, right, output);

    /// <summary>The members of the left that are not in the right.</summary>
    public static void Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output) =>
        Run(SetOperation.Difference, left, right, output);

    public static void Intersection(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output) =>
        Run(SetOperation.Intersection, left, right, output);

    private static void Run(
        SetOperation operation, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, FieldsWriter output)
    {
        output.Reset();
        var first = new FieldsReader(left);
        var second = new FieldsReader(right);
        Merge(operation, ref first, ref second, output);
    }

    private static void Merge(
        SetOperation operation, ref FieldsReader left, ref FieldsReader right, FieldsWriter output)
    {
        var (isLeft, isRight) = (left.Open(), right.Open());
        if (Holds(operation, isLeft, isRight))
        {
            output.Member();
        }

        var hasLeft = left.Next(out var leftElement);
        var hasRight = right.Next(out var rightElement);
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : FieldElements.Compare(leftElement, rightElement);
            if (order == 0)
            {
                output.Enter(leftElement);
                Merge(operation, ref left, ref right, output);
                output.Leave();
            }
            else if (order < 0)
            {
                Keep(operation != SetOperation.Intersection, leftElement, left.Take(), output);
            }
            else
            {
                Keep(operation == SetOperation.Union, rightElement, right.Take(), output);
            }

            if (order <= 0)
            {
                hasLeft = left.Next(out leftElement);
            }

            if (order >= 0)
            {
                hasRight = right.Next(out rightElement);
            }
        }
    }

    private static void Keep(bool keep, ReadOnlySpan<byte> element, ReadOnlySpan<byte> set, FieldsWriter output)
    {
        if (keep)
        {
            output.Tree(element, set);
        }
    }

    private static bool Holds(SetOperation operation, bool left, bool right) => operation switch
    {
        SetOperation.Union => left || right,
        SetOperation.Difference => left && !right,
        _ => left && right,
    };

    private enum SetOperation
    {
        Union,
        Difference,
        Intersection,
    }
}
