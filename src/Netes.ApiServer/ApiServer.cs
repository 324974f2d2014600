using System.Net;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.ApiServer.Admission;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Authorization;
using Netes.ApiServer.Caching;
using Netes.ApiServer.Http;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Routing;
using Netes.ApiServer.Views;
using Netes.Store;

namespace Netes.ApiServer;

/// <summary>
/// The API server: HTTPS in front, the store behind. Calls may overlap; <see cref="RunAsync"/> is called once.
/// Source: cmd/kube-apiserver.
/// </summary>
public sealed class ApiServer
{
    private readonly TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ApiServerOptions _options;
    private readonly ApiServerParts _parts;
    private readonly HttpFrontend _frontend;

    public ApiServer(ApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _parts = new(options, store, time, logs);
        _frontend = new(options, new HttpAdapter(HandleAsync), logs);
    }

    /// <summary>Ends when requests are answered: caches loaded, bootstrap objects there, port open.</summary>
    public Task<IPEndPoint> Listening => _listening.Task;

    /// <summary>Runs until cancelled, and returns when everything it started has ended.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var feed = _parts.Feed.RunAsync(stop.Token);
        try
        {
            await await Task.WhenAny(_parts.Feed.Ready, feed);
            await _parts.BootstrapAsync(stop.Token);
            await _frontend.RunAsync(_listening.SetResult, stop.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop while starting: that is a normal end.
            _listening.TrySetCanceled(cancel);
        }
        catch (Exception exception)
        {
            _listening.TrySetException(exception);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await feed;
        }
    }

    /// <summary>Answers one call, without HTTP: the in-process transport. Failures are answers, except cancellation.</summary>
    public Task<ApiResult> HandleAsync(ApiCall call, CancellationToken cancel) =>
        _parts.Pipeline.HandleAsync(call, cancel);
}
