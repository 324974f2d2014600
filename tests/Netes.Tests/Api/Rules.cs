using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netes.Api;

namespace Netes.Tests.Api;

/// <summary>How the rules of kinds are tested: an object as JSON in; its defaults, errors, warnings or row
/// out.</summary>
internal static class Rules
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>An object as the API server has it before validation: read and defaulted.</summary>
    public static T Read<T>(string json)
        where T : class, IResource<T>
    {
        var result = JsonCodec.Decode<T>(Encoding.UTF8.GetBytes(json));
        Assert.Null(result.Error);
        Assert.Null(result.StrictError);
        return T.Resource.Default?.Invoke(result.Value!) ?? result.Value!;
    }

    /// <summary>What the object is once created: defaulted and prepared.</summary>
    public static T Created<T>(string json)
        where T : class, IResource<T>
    {
        var value = Read<T>(json);
        return T.Resource.PrepareCreate?.Invoke(value) ?? value;
    }

    /// <summary>The created object is <paramref name="golden"/>, field for field.</summary>
    public static void CheckCreated<T>(string json, string golden)
        where T : class, IResource<T> => Same(golden, Json(Created<T>(json)));

    /// <summary>The errors of creating the object, one a line.</summary>
    public static void CheckErrors<T>(string json, params string[] golden)
        where T : class, IResource<T> =>
        Same(golden, T.Resource.CheckCreate(Created<T>(json)));

    /// <summary>The errors of replacing one object by another.</summary>
    public static void CheckUpdate<T>(string old, string next, params string[] golden)
        where T : class, IResource<T>
    {
        var before = Created<T>(old);
        var after = Read<T>(next);
        Same(golden, T.Resource.CheckUpdate(T.Resource.PrepareUpdate?.Invoke(after, before) ?? after, before));
    }

    /// <summary>The cells of an object's row as kubectl shows them: those of <c>-o wide</c> after a bar.</summary>
    public static void CheckRow<T>(string json, string golden)
        where T : class, IResource<T>
    {
        var value = Read<T>(json);
        var columns = T.Resource.Columns;
        Assert.Equal(golden, Line(0) + (columns.Any(column => column.Priority > 0) ? $" | {Line(1)}" : ""));

        string Line(int priority) => string.Join("  ", columns.Where(column => column.Priority == priority)
            .Select(column => Cell(column.Value(value, Now))));
    }

    public static string Headings<T>()
        where T : class, IResource<T> =>
        string.Join(' ', T.Resource.PrintedColumns.Select(column =>
            column.Name.Replace(' ', '-') + (column.Priority > 0 ? "*" : "")));

    /// <summary>An object of the kind with a name, its spec given.</summary>
    public static string Named(string spec, string name = "a") =>
        $$$"""{"metadata":{"name":"{{{name}}}","namespace":"default","resourceVersion":"1"},"spec":{{{spec}}}}""";

    private static string Cell(object? value) => value switch
    {
        null => "<none>",
        bool flag => flag ? "true" : "false",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static string Json<T>(T value)
        where T : class, IApiType<T> => Encoding.UTF8.GetString(JsonCodec.Encode(value));

    private static void Same(string[] golden, List<FieldError> errors) =>
        Assert.Equal(string.Join('\n', golden), string.Join('\n', errors.Select(error => error.Message)));

    private static void Same(string golden, string json) => Assert.Equal(Pretty(golden), Pretty(json));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Pretty(string json) => Sorted(JsonNode.Parse(json)!).ToJsonString(Indented);

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject item => new JsonObject(item.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : (JsonNode?)Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
