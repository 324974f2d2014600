using System.Text;
using System.Text.Json;

namespace Netes.Api;

/// <summary>What differs between two objects, for people: one line per field that went or came.</summary>
internal static class Differences
{
    private const int MaxLines = 20;

    public static string Between<T>(T old, T next)
        where T : class, IApiType<T>
    {
        var (before, after) = (Flatten(old), Flatten(next));
        var lines = before.Where(pair => after.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair => (pair.Key, Sign: '-', pair.Value))
            .Concat(after.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value)
                .Select(pair => (pair.Key, Sign: '+', pair.Value)))
            .OrderBy(line => line.Key, StringComparer.Ordinal)
            .ThenByDescending(line => line.Sign)
            .Take(MaxLines);
        var text = new StringBuilder();
        foreach (var (key, sign, value) in lines)
        {
            text.Append(sign).Append(' ').Append(key).Append(": ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    private static Dictionary<string, string> Flatten<T>(T value)
        where T : class, IApiType<T>
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(Shown.Write(value.WriteJson));
        Flatten(document.RootElement, "", fields);
        return fields;
    }

    // Objects nest no deeper than the schema of the kind.
    private static void Flatten(JsonElement element, string path, Dictionary<string, string> fields)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", fields);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Flatten(item, FormattableString.Invariant($"{path}[{index++}]"), fields);
                }

                break;
            default:
                fields[path] = element.GetRawText();
                break;
        }
    }
}
