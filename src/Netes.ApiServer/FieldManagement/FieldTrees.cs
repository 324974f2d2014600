using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>The parts of trees by their elements, as sets name them.</summary>
internal static class FieldTrees
{
    /// <summary>The element of a field, as it stands in a set.</summary>
    public static string OfField(string name) => "f:" + Escaped(name);

    /// <summary>The element of an item of a list.</summary>
    public static string OfItem(FieldShape list, JsonTree? item)
    {
        var text = new StringBuilder();
        if (list.Form == FieldForm.SetList)
        {
            text.Append("v:").Append(Encoding.UTF8.GetString(JsonTree.Encode(item)));
        }
        else
        {
            text.Append("k:{");
            var separator = "";
            foreach (var (name, value) in KeysOf(list, item))
            {
                text.Append(separator).Append('"').Append(name).Append("\":").Append(value);
                separator = ",";
            }

            text.Append('}');
        }

        return Escaped(text.ToString());
    }

    /// <summary>The keys of an item and their values as JSON; those that are left out have their defaults.</summary>
    public static IEnumerable<(string Name, string Json)> KeysOf(FieldShape list, JsonTree? item)
    {
        foreach (var key in list.Keys)
        {
            var name = Encoding.UTF8.GetString(key.Name);
            if (item is TreeMap map && map.Members.TryGetValue(name, out var value))
            {
                yield return (name, Encoding.UTF8.GetString(JsonTree.Encode(value)));
            }
            else if (key.Default is { } fallback)
            {
                yield return (name, Encoding.UTF8.GetString(fallback));
            }
        }
    }

    /// <summary>The shape of a field of an object; null where the type has no such field.</summary>
    public static FieldShape? Below(FieldShape shape, string name) => shape.Form switch
    {
        FieldForm.Struct => shape.Plan.Find(Encoding.UTF8.GetBytes(name))?.Shape ?? shape.Plan.Others,
        FieldForm.Map => shape.Element,
        FieldForm.Deduced => shape,
        _ => null,
    };

    /// <summary>Null, or an object or a list without anything in it.</summary>
    public static bool IsHollow(JsonTree? tree) => tree switch
    {
        null => true,
        TreeMap map => map.Members.Count == 0,
        TreeList list => list.Items.Count == 0,
        _ => false,
    };

    private static string Escaped(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        || text.AsSpan().ContainsAny('"', '\\')
        ? Encoding.UTF8.GetString(JsonTree.Encode(new TreeText(text)))[1..^1]
        : text;
}
