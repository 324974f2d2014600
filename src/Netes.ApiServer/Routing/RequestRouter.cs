using Netes.Api;
using Netes.ApiServer.Aggregation;
using Netes.ApiServer.Rendering;

namespace Netes.ApiServer.Routing;

/// <summary>Finds who answers: another server, the resource in the URL, or the path.</summary>
internal sealed class RequestRouter(
    ResourceRouter resources, PathRouter paths, Aggregator aggregator) : IRequestHandler
{
    public Task<ApiResult> HandleAsync(RequestContext context, CancellationToken cancel) =>
        aggregator.Route(context, cancel)
        ?? (context.Info.IsResourceRequest
            ? resources.HandleAsync(context, cancel)
            : paths.HandleAsync(context, cancel));

    /// <summary>The answer to a path that nobody serves, as Go's mux gives it.</summary>
    public static ApiResult NotFound() => Answers.Text("404 page not found\n", 404);

    /// <summary>The answer to a method that the path does not take.</summary>
    public static ApiException MethodNotAllowed() => ApiErrors.Generic(405);
}
