namespace Netes.ApiServer.FieldManagement;

/// <summary>Splits the value of a place into its parts, in the order of sets.</summary>
internal static class FieldScanner
{
    /// <summary>Pushes the parts of a value; nothing for what has none. Hidden fields are left out.</summary>
    public static void Push(FieldItems items, FieldShape shape, ReadOnlySpan<byte> json, int start, int end)
    {
        var value = json[start..end];
        if (!shape.HasBelow(value))
        {
            return;
        }

        var from = items.Count;
        if (shape.IsList)
        {
            PushList(items, shape, json, start);
        }
        else
        {
            PushMembers(items, shape, json, start);
        }

        items.Sort(from);
    }

    private static void PushMembers(FieldItems items, FieldShape shape, ReadOnlySpan<byte> json, int start)
    {
        var plan = shape.Form == FieldForm.Struct ? shape.Plan : null;
        var next = 0;
        for (var at = start; json[at] != (byte)'}';)
        {
            var nameEnd = JsonSpans.TextEnd(json, at + 1);
            var name = json[(at + 2)..(nameEnd - 1)];
            var valueAt = nameEnd + 1;
            at = JsonSpans.ValueEnd(json, valueAt);
            if (plan?.Find(name, ref next) is { } field)
            {
                if (!field.IsHidden)
                {
                    items.Add(field.Shape, valueAt, at).Field = field;
                }

                continue;
            }

            items.Add(
                plan is null ? shape.Element ?? FieldShape.Deduced : plan.Others ?? FieldShape.Deduced, valueAt, at);
            items.Write("f:"u8);
            items.Write(name);
        }
    }

    private static void PushList(FieldItems items, FieldShape shape, ReadOnlySpan<byte> json, int start)
    {
        for (var at = start; json[at] != (byte)']';)
        {
            var valueAt = at + 1;
            at = JsonSpans.ValueEnd(json, valueAt);
            items.Add(shape.Element!, valueAt, at);
            if (shape.Form == FieldForm.SetList)
            {
                items.Write("v:"u8);
                items.Write(json[valueAt..at], escape: true);
            }
            else
            {
                WriteKeys(items, shape, json[valueAt..at]);
            }
        }
    }

    // {"containerPort":80,"protocol":"TCP"}, as it stands in a JSON text.
    private static void WriteKeys(FieldItems items, FieldShape shape, ReadOnlySpan<byte> item)
    {
        items.Write("k:{"u8);
        var isFirst = true;
        foreach (var key in shape.Keys)
        {
            var value = item[0] == (byte)'{' ? Member(item, key.Name) : default;
            value = value.IsEmpty ? key.Default : value;
            if (value.IsEmpty)
            {
                continue;
            }

            items.Write(isFirst ? "\\\""u8 : ",\\\""u8);
            items.Write(key.Name);
            items.Write("\\\":"u8);
            items.Write(value, escape: true);
            isFirst = false;
        }

        items.Write("}"u8);
    }

    private static ReadOnlySpan<byte> Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> wanted)
    {
        for (var at = 0; json[at] != (byte)'}' && json[at + 1] != (byte)'}';)
        {
            var nameEnd = JsonSpans.TextEnd(json, at + 1);
            var name = json[(at + 2)..(nameEnd - 1)];
            var valueAt = nameEnd + 1;
            at = JsonSpans.ValueEnd(json, valueAt);
            if (name.SequenceEqual(wanted))
            {
                return json[valueAt..at];
            }
        }

        return default;
    }
}
