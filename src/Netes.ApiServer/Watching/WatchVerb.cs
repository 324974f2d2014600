using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Media;
using Netes.ApiServer.Metrics;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Rendering;
using Netes.Store;

namespace Netes.ApiServer.Watching;

/// <summary>GET of a collection's changes. Source: apiserver pkg/endpoints/handlers/watch.go.</summary>
internal sealed class WatchVerb(
    IStore store, Freshness freshness, ObjectWriters writers, WatchMetrics metrics, TimeProvider time)
{
    // Source: apiserver pkg/server/config.go, MinRequestTimeout; handlers/get.go spreads it up to twice that.
    private const int MinTimeoutSeconds = 1800;

    // A server may end a watch when it likes; no timer and no calendar reaches what a client may ask for.
    private const int MaxTimeoutSeconds = 30 * 24 * 3600;

    private int _started;

    public async Task<ApiResult> HandleAsync(RequestContext context, ServedResource resource, CancellationToken cancel)
    {
        var writer = writers.For(context, resource, FormatsOffered.Watches);
        var selection = Selection.Of(context, resource);
        var options = ListOptionsReader.Read(context.Query);
        ListOptionsReader.Check(options, isWatch: true);
        var revision = ResourceVersions.Parse(options.ResourceVersion);
        var sendsState = options.SendInitialEvents ?? revision == 0;
        if (sendsState || revision == 0)
        {
            await freshness.WaitAsync(options.ResourceVersion, cancel);
        }

        var spread = Interlocked.Increment(ref _started) * 997 % MinTimeoutSeconds;
        var timeout = TimeSpan.FromSeconds(options.TimeoutSeconds is > 0 and var seconds
            ? Math.Min(seconds, MaxTimeoutSeconds)
            : MinTimeoutSeconds + spread);
        var session = new WatchSession(store, freshness, resource, new(writer, selection, resource.Frames), time)
        {
            Revision = revision,
            SendsState = sendsState,
            MarksEndOfState = sendsState && options.SendInitialEvents is true && options.AllowWatchBookmarks,
            Bookmarks = options.AllowWatchBookmarks,
            Selection = selection,
            Meter = metrics.Of(resource.Definition),
            End = time.GetUtcNow() + timeout,
        };
        return new()
        {
            ContentType = writer.Format.IsProtobuf ? $"{writer.ContentType};stream=watch" : writer.ContentType,
            Body = new ApiResultBody.Stream(session.RunAsync),
        };
    }
}
