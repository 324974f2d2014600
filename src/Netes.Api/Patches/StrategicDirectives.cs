namespace Netes.Api;

/// <summary>The directives of strategic merge patches, and what is wrong with bad ones.</summary>
internal static class StrategicDirectives
{
    public const string Marker = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string SetElementOrder = "$setElementOrder/";
    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    public const string BadRetainKeys = "invalid patch format of retainKeys";
    public const string BadSetElementOrder = "invalid patch format of setElementOrder list";

    public static bool Has(JsonTree? value, out JsonTree? directive)
    {
        directive = null;
        return value is TreeMap members && members.Members.TryGetValue(Marker, out directive);
    }

    public static bool Is(JsonTree? directive, string word) => directive is TreeText text && text.Value == word;

    /// <summary>An object with a marker replaces its target, or empties it.</summary>
    public static TreeMap Follow(JsonTree? directive, TreeMap patch)
    {
        if (Is(directive, "replace"))
        {
            patch.Members.Remove(Marker);
            return patch;
        }

        return Is(directive, "delete") ? new TreeMap() : throw UnknownMarker(directive, patch);
    }

    /// <summary>Clears of the target what the list of retained names does not name.</summary>
    public static void Retain(TreeMap target, TreeMap patch)
    {
        if (!patch.Members.Remove(RetainKeys, out var retained))
        {
            return;
        }

        if (retained is not TreeList list)
        {
            throw Bad(BadRetainKeys);
        }

        var names = list.Items.OfType<TreeText>().Select(item => item.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in patch.Members)
        {
            var isDirective = name.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal)
                || name.StartsWith(SetElementOrder, StringComparison.Ordinal);
            if (value is not null && !isDirective && !names.Contains(name))
            {
                throw Bad(BadRetainKeys);
            }
        }

        foreach (var name in target.Members.Keys.Where(name => !names.Contains(name)).ToList())
        {
            target.Members.Remove(name);
        }
    }

    /// <summary>What is new in the target comes without nulls and directives; false: nothing is left of it.</summary>
    public static bool Clean(JsonTree? value, out JsonTree? cleaned)
    {
        cleaned = value;
        if (value is TreeMap members)
        {
            if (members.Members.ContainsKey(Marker))
            {
                return false;
            }

            foreach (var name in members.Members.Keys.ToList())
            {
                var member = members.Members[name];
                if (member is not null && Clean(member, out var kept))
                {
                    members.Members[name] = kept;
                }
                else
                {
                    members.Members.Remove(name);
                }
            }
        }
        else if (value is TreeList list)
        {
            var kept = new TreeList();
            foreach (var item in list.Items)
            {
                if (Clean(item, out var keptItem))
                {
                    kept.Items.Add(keptItem);
                }
            }

            cleaned = kept;
        }

        return true;
    }

    public static PatchException UnknownMarker(JsonTree? directive, JsonTree patch) =>
        Internal($"unknown patch type: {directive?.ToString() ?? "%!s(<nil>)"} in map: {patch}");

    public static PatchException Bad(string message) => new(PatchFailure.BadRequest, message);

    public static PatchException Internal(string message) => new(PatchFailure.Internal, message);

    public static PatchException NoMergeKey(JsonTree? item, string key) =>
        Internal($"map: {item} does not contain declared merge key: {key}");

    public static PatchException NotA(string expected, JsonTree? actual) => Internal(
        $"expected a {expected}, but received a {GoType(actual)}");

    public static string GoType(JsonTree? value) => value switch
    {
        null => "%!s(<nil>)",
        TreeMap => "map[string]interface {}",
        TreeList => "[]interface {}",
        TreeText => "string",
        TreeBool => "bool",
        TreeNumber number when number.Text.AsSpan().IndexOfAny(".eE") >= 0 => "float64",
        _ => "int64",
    };
}
