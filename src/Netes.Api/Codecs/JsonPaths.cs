using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>Finds the paths of offsets by reading the body once more; only bad input comes here.</summary>
internal static class JsonPaths
{
    /// <summary>The path of each offset, which must be in ascending order: <c>spec.containers[0].imagee</c>.</summary>
    public static List<string> Find(ReadOnlySpan<byte> json, IReadOnlyList<long> offsets)
    {
        var reader = new Utf8JsonReader(json, JsonCodec.ReaderOptions);
        var levels = new Stack<Level>();
        var found = new List<string>(offsets.Count);
        var name = "";
        while (found.Count < offsets.Count && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = JsonText.Read(ref reader);
            }
            else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                levels.Pop();
                continue;
            }
            else if (levels.TryPeek(out var parent) && parent.IsArray)
            {
                parent.Index++;
            }

            if (reader.TokenStartIndex == offsets[found.Count])
            {
                found.Add(Render(levels, name));
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                levels.Push(new Level(name, reader.TokenType == JsonTokenType.StartArray));
            }
        }

        return found;
    }

    private static string Render(Stack<Level> levels, string last)
    {
        var path = new StringBuilder();
        var array = false;
        foreach (var level in levels.Reverse())
        {
            Append(path, level.Name, array);
            array = level.IsArray;
            if (array)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{level.Index}]");
            }
        }

        Append(path, last, array);
        return path.ToString();
    }

    private static void Append(StringBuilder path, string name, bool inArray)
    {
        if (inArray || name.Length == 0)
        {
            return;
        }

        path.Append(path.Length == 0 ? "" : ".").Append(name);
    }

    private sealed class Level(string name, bool isArray)
    {
        public string Name { get; } = name;

        public bool IsArray { get; } = isArray;

        public int Index { get; set; } = -1;
    }
}
