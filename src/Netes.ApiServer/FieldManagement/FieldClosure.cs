namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// A set with the named fields on the way to its members: who owns something in a field holds that field.
/// Source: structured-merge-diff fieldpath/set.go, EnsureNamedFieldsAreMembers.
/// </summary>
internal static class FieldClosure
{
    public static byte[] Of(FieldShape kind, ReadOnlySpan<byte> set)
    {
        var output = new FieldsWriter();
        var reader = new FieldsReader(set);
        Copy(kind, ref reader, output, isNamed: false);
        return output.Finish().ToArray();
    }

    private static void Copy(FieldShape? shape, ref FieldsReader reader, FieldsWriter output, bool isNamed)
    {
        if (reader.Open() || isNamed)
        {
            output.Member();
        }

        while (reader.Next(out var element))
        {
            var field = shape is { Form: FieldForm.Struct } && element[0] == (byte)'f'
                ? shape.Plan.Find(element[2..])
                : null;
            output.Enter(element);
            Copy(field?.Shape ?? shape?.Element, ref reader, output, field is not null);
            output.Leave();
        }
    }
}
