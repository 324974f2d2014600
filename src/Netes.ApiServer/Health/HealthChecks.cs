using System.Text;
using Netes.Api;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Routing;

namespace Netes.ApiServer.Health;

/// <summary>
/// <c>/healthz</c>, <c>/livez</c> and <c>/readyz</c>: all checks, or one by its name; <c>?verbose</c> and
/// <c>?exclude=name</c>. Source: apiserver pkg/server/healthz/healthz.go.
/// </summary>
internal static class HealthChecks
{
    public static void Map(PathRouter router, string path, IReadOnlyList<HealthCheck> checks)
    {
        router.Map(path, context => All(path[1..], checks, context.Query));
        foreach (var check in checks)
        {
            router.Map($"{path}/{check.Name}", _ => check.Problem() is { } problem
                ? Answers.Text($"internal server error: {problem}\n", 500)
                : Answers.Text("ok"));
        }
    }

    private static ApiResult All(string name, IReadOnlyList<HealthCheck> checks, ApiQuery query)
    {
        var excluded = query.Values("exclude").ToHashSet(StringComparer.Ordinal);
        var lines = new StringBuilder();
        var failed = new List<string>();
        foreach (var check in checks)
        {
            if (excluded.Contains(check.Name))
            {
                lines.Append("[+]").Append(check.Name).Append(" excluded: ok\n");
            }
            else if (check.Problem() is not null)
            {
                failed.Add(check.Name);
                lines.Append("[-]").Append(check.Name).Append(" failed: reason withheld\n");
            }
            else
            {
                lines.Append("[+]").Append(check.Name).Append(" ok\n");
            }
        }

        // Source: healthz.go, handleRootHealth.
        excluded.ExceptWith(checks.Select(static check => check.Name));
        if (excluded.Count > 0)
        {
            lines.Append("warn: some health checks cannot be excluded: no matches for ")
                .AppendJoin(", ", excluded.Select(FieldError.Quote)).Append('\n');
        }

        if (failed.Count > 0)
        {
            return Answers.Text($"{lines}{name} check failed\n", 500);
        }

        return query.Contains("verbose") ? Answers.Text($"{lines}{name} check passed\n") : Answers.Text("ok");
    }
}

/// <summary>
/// One check. <paramref name="Problem"/> is null when all is well; it must be quick and must not throw.
/// </summary>
internal sealed record HealthCheck(string Name, Func<string?> Problem)
{
    public static HealthCheck Ping { get; } = new("ping", static () => null);
}
