using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netes.Cli.Clusters.Configs;

/// <summary>Walks a configuration tree and collects what is wrong with it, each with its path.</summary>
internal sealed class ConfigReader(JsonObject fields, string path, List<string> errors, List<string> warnings)
{
    private readonly HashSet<string> known = [];

    public string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public void Error(string name, string message) => errors.Add($"{At(name)}: {message}");

    public string Text(string name, string otherwise) => Get(name) switch
    {
        null => otherwise,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Wrong(name, "a string", otherwise),
    };

    public int Number(string name, int otherwise) => Get(name) switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<long>(out var number) && number is >= -1 and <= int.MaxValue
            => (int)number,
        _ => Wrong(name, "an integer", otherwise),
    };

    public bool Flag(string name) => Get(name) switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => Wrong(name, "true or false", false),
    };

    public T? Section<T>(string name, Func<ConfigReader, T> read) where T : class => Get(name) switch
    {
        null => null,
        JsonObject inner => Whole(new ConfigReader(inner, At(name), errors, warnings), read),
        _ => Wrong<T?>(name, "a mapping", null),
    };

    public IReadOnlyList<T> List<T>(string name, Func<ConfigReader, T> read)
    {
        if (Get(name) is not JsonArray array)
        {
            return Get(name) is null ? [] : Wrong<IReadOnlyList<T>>(name, "a list", []);
        }

        var items = new List<T>();
        foreach (var (index, item) in array.Index())
        {
            if (item is JsonObject inner)
            {
                items.Add(Whole(new ConfigReader(inner, $"{At(name)}[{index}]", errors, warnings), read));
            }
            else
            {
                errors.Add($"{At(name)}[{index}]: a mapping is expected");
            }
        }

        return items;
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>();
        if (Get(name) is JsonObject inner)
        {
            foreach (var (key, value) in inner)
            {
                map[key] = value is null ? "" : value.ToString();
            }
        }
        else if (Get(name) is not null)
        {
            Wrong(name, "a mapping", 0);
        }

        return map;
    }

    /// <summary>Fields of kind's that are understood and have no meaning here: said, not refused.</summary>
    public void WithoutEffect(string reason, params string[] names)
    {
        foreach (var name in names)
        {
            if (Get(name) is not null)
            {
                warnings.Add($"{At(name)} has no effect: {reason}");
            }
        }
    }

    public static T Whole<T>(ConfigReader reader, Func<ConfigReader, T> read)
    {
        var value = read(reader);
        reader.RejectUnknown();
        return value;
    }

    private void RejectUnknown() =>
        errors.AddRange(fields.Select(field => field.Key).Where(name => !known.Contains(name))
            .Select(name => $"unknown field \"{At(name)}\""));

    private JsonNode? Get(string name)
    {
        known.Add(name);
        return fields[name];
    }

    private T Wrong<T>(string name, string wanted, T otherwise)
    {
        Error(name, $"{wanted} is expected");
        return otherwise;
    }
}
