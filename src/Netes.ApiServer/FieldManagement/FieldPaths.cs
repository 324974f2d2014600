using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// The members of a set as people read them: <c>.spec.containers[name="web"].image</c>.
/// Source: structured-merge-diff fieldpath/path.go, element.go.
/// </summary>
internal static class FieldPaths
{
    public static List<string> Of(ReadOnlySpan<byte> set)
    {
        var paths = new List<string>();
        var reader = new FieldsReader(set);
        Collect(ref reader, "", paths);
        return paths;
    }

    /// <summary>An item of a list, e.g. <c>[containerPort=80,protocol="TCP"]</c>.</summary>
    public static string OfKeys(IEnumerable<(string Name, string Json)> keys) =>
        $"[{string.Join(',', keys.Select(static key => $"{key.Name}={key.Json}"))}]";

    private static void Collect(ref FieldsReader reader, string path, List<string> paths)
    {
        if (reader.Open() && path.Length > 0)
        {
            paths.Add(path);
        }

        while (reader.Next(out var element))
        {
            Collect(ref reader, path + Shown(Encoding.UTF8.GetString(element)), paths);
        }
    }

    private static string Shown(string element)
    {
        var text = JsonTree.TryParse(Encoding.UTF8.GetBytes($"\"{element[2..]}\""), out var tree, out _)
            && tree is TreeText { Value: var value } ? value : element[2..];
        switch (element[0])
        {
            case 'f':
                return "." + text;
            case 'v':
                return $"[={text}]";
            case 'i':
                return $"[{text}]";
            default:
                return JsonTree.TryParse(Encoding.UTF8.GetBytes(text), out var keys, out _) && keys is TreeMap map
                    ? OfKeys(map.Members.Select(static pair =>
                        (pair.Key, Encoding.UTF8.GetString(JsonTree.Encode(pair.Value)))))
                    : text;
        }
    }
}
