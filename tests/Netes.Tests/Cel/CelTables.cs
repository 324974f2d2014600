using System.Text.Json;
using Netes.Cel;

namespace Netes.Tests.Cel;

/// <summary>Evaluates one expression with the variables that these tests share, and shows the value or the
/// error.</summary>
internal static class CelTables
{
    private static readonly JsonElement _object = JsonDocument.Parse("""
        {"spec": {"replicas": 3, "name": "web", "labels": {"app": "a", "tier": "front"},
         "ports": [{"port": 80, "name": "http"}, {"port": 443, "name": "https"}], "ratio": 0.5, "on": true, "nothing": null}}
        """).RootElement;

    public static CelEnvironment Environment { get; } = CelEnvironment.Kubernetes
        .With("self", CelType.Dyn).With("n", CelType.Int).With("s", CelType.String.WithMaxSize(63))
        .With("names", CelType.List(CelType.String.WithMaxSize(10)).WithMaxSize(5))
        .With("pod", CelType.Object("Pod", new Dictionary<string, CelType>
        {
            ["name"] = CelType.String,
            ["labels"] = CelType.Map(CelType.String, CelType.String),
        }))
        .With("a.b", CelType.Int);

    public static Dictionary<string, CelValue> Variables { get; } = new()
    {
        ["self"] = CelValue.FromJson(_object),
        ["n"] = CelValue.Of(7),
        ["s"] = CelValue.Of("hello"),
        ["names"] = CelValue.List([CelValue.Of("b"), CelValue.Of("a")]),
        ["pod"] = CelValue.FromJson(JsonDocument.Parse("""{"name": "p", "labels": {"x": "y"}}""").RootElement),
        ["a.b"] = CelValue.Of(42),
    };

    public static CelResult Run(string expression, ulong limit = CelProgram.PerCallLimit)
    {
        var compiled = Environment.Compile(expression);
        Assert.True(compiled.Program is not null, compiled.ErrorText);
        return compiled.Program.Evaluate(Variables, limit, TestContext.Current.CancellationToken);
    }

    public static string Show(string expression)
    {
        var result = Run(expression);
        return result.Error is { } error ? "error: " + error : result.Value.ToString()!;
    }
}
