namespace Netes.ApiServer.Routing;

/// <summary>Paths that are no resources: discovery, health, version, OpenAPI, metrics.</summary>
internal sealed class PathRouter
{
    private readonly Dictionary<string, Func<RequestContext, CancellationToken, Task<ApiResult>>> _exact =
        new(StringComparer.Ordinal);

    private readonly List<(string Prefix, Func<RequestContext, CancellationToken, Task<ApiResult>> Handler)>
        _prefixes = [];

    /// <summary>The paths of the index at <c>/</c>.</summary>
    public IEnumerable<string> Paths => _exact.Keys.Order(StringComparer.Ordinal);

    public PathRouter Map(string path, Func<RequestContext, CancellationToken, Task<ApiResult>> handler)
    {
        _exact.Add(path, handler);
        return this;
    }

    public PathRouter Map(string path, Func<RequestContext, ApiResult> handler) =>
        Map(path, (context, _) => Task.FromResult(handler(context)));

    /// <summary>Everything below a path, for which nothing more exact is mapped.</summary>
    public PathRouter MapBelow(string prefix, Func<RequestContext, CancellationToken, Task<ApiResult>> handler)
    {
        _prefixes.Add((prefix, handler));
        return this;
    }

    public Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel)
    {
        var path = context.Info.Path.Length > 1 ? context.Info.Path.TrimEnd('/') : context.Info.Path;
        if (_exact.TryGetValue(path, out var exact))
        {
            return exact(context, cancel);
        }

        foreach (var (prefix, handler) in _prefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return handler(context, cancel);
            }
        }

        return Task.FromResult(RequestRouter.NotFound());
    }
}
