using System.Text.Json;
using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A JSON object that is read field by field; what nobody asked for is told as the strict decoder tells it.
/// Source: apimachinery json-iterator strict decoding; sigs.k8s.io/json.
/// </summary>
internal sealed class ConfigObject
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly string _type;
    private readonly List<string> _errors;

    /// <param name="json">The object.</param>
    /// <param name="path">Where it stands; empty: it is the whole.</param>
    /// <param name="type">What Go calls it.</param>
    /// <param name="errors">Where to tell.</param>
    public ConfigObject(JsonElement json, string path, string type, List<string> errors)
    {
        (_path, _type, _errors) = (path, type, errors);
        if (json.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"json: cannot unmarshal {Kind(json)} into Go value of type {type}");
            return;
        }

        foreach (var field in json.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value))
            {
                errors.Add($"strict decoding error: duplicate field \"{At(field.Name)}\"");
            }
        }
    }

    public string? Text(string name) =>
        Read(name, JsonValueKind.String, "string") is { } json ? json.GetString() : null;

    /// <summary>A time as Go writes it: <c>1m30s</c>.</summary>
    public TimeSpan? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Duration.TryParse(text, out var value))
        {
            return value.ToTimeSpan();
        }

        _errors.Add($"time: invalid duration {FieldError.Quote(text)}");
        return null;
    }

    /// <summary>Bytes in base64; empty: there are none.</summary>
    public ValueList<byte> Bytes(string name)
    {
        var text = Text(name) ?? "";
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var count))
        {
            return [.. bytes[..count]];
        }

        _errors.Add($"{At(name)}: illegal base64 data");
        return [];
    }

    public bool? Flag(string name)
    {
        if (!_fields.Remove(name, out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return json.GetBoolean();
        }

        Mismatch(name, json, "bool");
        return null;
    }

    public int? Number(string name)
    {
        if (Read(name, JsonValueKind.Number, "int32") is not { } json)
        {
            return null;
        }

        if (json.TryGetInt32(out var value))
        {
            return value;
        }

        _errors.Add($"json: cannot unmarshal number {json.GetRawText()} into Go struct field "
            + $"{_type}.{name} of type int32");
        return null;
    }

    /// <summary>Null: there is none.</summary>
    public ConfigObject? Object(string name, string type) =>
        Read(name, JsonValueKind.Object, type) is { } json ? new(json, At(name), type, _errors) : null;

    public List<T> Objects<T>(string name, string type, Func<ConfigObject, T> read)
    {
        var found = new List<T>();
        if (Read(name, JsonValueKind.Array, $"[]{type}") is { } json)
        {
            foreach (var item in json.EnumerateArray())
            {
                var value = new ConfigObject(item, $"{At(name)}[{found.Count}]", type, _errors);
                found.Add(read(value));
                value.End();
            }
        }

        return found;
    }

    public ValueList<string> Texts(string name)
    {
        if (Read(name, JsonValueKind.Array, "[]string") is not { } json)
        {
            return [];
        }

        var found = new List<string>();
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                found.Add(item.GetString()!);
            }
            else
            {
                Mismatch(name, item, "string");
            }
        }

        return [.. found];
    }

    /// <summary>A type of the API; null: there is none.</summary>
    public T? Api<T>(string name)
        where T : class, IApiType<T>
    {
        if (!_fields.Remove(name, out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return Decode<T>(json, At(name));
    }

    public List<T> ApiList<T>(string name)
        where T : class, IApiType<T>
    {
        var found = new List<T>();
        if (Read(name, JsonValueKind.Array, "[]") is { } json)
        {
            var index = 0;
            foreach (var item in json.EnumerateArray())
            {
                if (Decode<T>(item, $"{At(name)}[{index++}]") is { } value)
                {
                    found.Add(value);
                }
            }
        }

        return found;
    }

    /// <summary>Takes note of fields that are known and change nothing here.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _fields.Remove(name);
        }
    }

    /// <summary>Tells of the fields that nobody asked for.</summary>
    public void End()
    {
        foreach (var name in _fields.Keys)
        {
            _errors.Add($"strict decoding error: unknown field \"{At(name)}\"");
        }
    }

    private T? Decode<T>(JsonElement json, string path)
        where T : class, IApiType<T>
    {
        var result = JsonCodec.Decode<T>(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()));
        if (result.Error is { } error)
        {
            _errors.Add($"{path}: {error}");
        }

        if (result.StrictError is { } strict)
        {
            _errors.Add($"{path}: {strict}");
        }

        return result.Value;
    }

    private JsonElement? Read(string name, JsonValueKind kind, string type)
    {
        if (!_fields.Remove(name, out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (json.ValueKind == kind)
        {
            return json;
        }

        Mismatch(name, json, type);
        return null;
    }

    private void Mismatch(string name, JsonElement json, string type) =>
        _errors.Add($"json: cannot unmarshal {Kind(json)} into Go struct field {_type}.{name} of type {type}");

    private string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.Number => "number",
        _ => "string",
    };
}
