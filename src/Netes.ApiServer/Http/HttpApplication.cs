using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Netes.ApiServer.Http;

/// <summary>
/// What the server calls for each request: the adapter and nothing between, since traces, logs and metrics of requests
/// are the pipeline's own. The server keeps contexts with its streams, to be used again.
/// </summary>
internal sealed class HttpApplication(HttpAdapter adapter) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> kept)
        {
            return new DefaultHttpContext(contextFeatures);
        }

        if (kept.HostContext is { } again)
        {
            again.Initialize(contextFeatures);
            return again;
        }

        return kept.HostContext = new DefaultHttpContext(contextFeatures);
    }

    public Task ProcessRequestAsync(DefaultHttpContext context) => adapter.HandleAsync(context);

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
