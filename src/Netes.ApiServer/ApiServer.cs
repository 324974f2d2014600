using System.Net;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.ApiServer.Aggregation;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Bootstrap;
using Netes.ApiServer.Expiry;
using Netes.ApiServer.Housekeeping;
using Netes.ApiServer.Http;
using Netes.ApiServer.Metrics;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.StorageVersions;
using Netes.ApiServer.Streaming;
using Netes.Store;

namespace Netes.ApiServer;

/// <summary>
/// The API server: HTTPS in front, the store behind. Calls may overlap; <see cref="RunAsync"/> is called once.
/// Source: cmd/kube-apiserver.
/// </summary>
public sealed class ApiServer
{
    private readonly TaskCompletionSource<IPEndPoint> _listening =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ApiServerOptions _options;
    private readonly StorageSide _storage;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ServerLeases? _leases;
    private readonly StorageVersionRecords? _records;
    private volatile RequestSide? _requests;

    public ApiServer(ApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _storage = new(options, new MeasuredStore(store, options.Metrics, time), time, logs);
        _time = time;
        _logs = logs;
        _leases = options.Features.IsOn(Feature.APIServerIdentity)
            ? new(_storage.Resources, _storage.Objects, _storage.Views, _storage.Writer, options.Ids, time,
                logs.CreateLogger<ServerLeases>())
            : null;
        _records = options.Features.RecordStorageVersions
            ? new(_storage.Resources, _storage.Views, _storage.Writer, ServerLeases.OwnName, time,
                logs.CreateLogger<StorageVersionRecords>())
            : null;
    }

    /// <summary>Ends when requests are answered: caches loaded, bootstrap objects there, port open.</summary>
    public Task<IPEndPoint> Listening => _listening.Task;

    /// <summary>Runs until cancelled, and returns when everything it started has ended.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var feed = _storage.Feed.RunAsync(stop.Token);
        var expiry = Task.CompletedTask;
        var housekeeping = Task.CompletedTask;
        try
        {
            await await Task.WhenAny(_storage.Feed.Ready, feed);
            _storage.Services.Begin();
            using var security = new ClusterSecurity(
                _options.Security with { Features = _options.Features }, _storage.Views, _storage.Writer,
                _options.Ids.NewSuffix,
                _options.Metrics, _time);
            await security.Bootstrap.ReconcileAsync(stop.Token);
            await new FlowControlBootstrap(_storage.Views, _storage.Writer).ReconcileAsync(stop.Token);
            await new LocalApiServices(
                _storage.Resources, _storage.Objects, _storage.Views, _storage.Writer, _time)
                .ReconcileAsync(stop.Token);
            await new LegacyTokenTracking(_storage.Views, _storage.Writer, _time).ReconcileAsync(stop.Token);
            await new AuthenticationInfo(_options, _storage.Views, _storage.Writer).ReconcileAsync(stop.Token);
            var range = new DefaultServiceRange(
                _options, _storage.Resources, _storage.Views, _storage.Writer, _time,
                _logs.CreateLogger<DefaultServiceRange>());
            await range.EnsureAsync(stop.Token);
            expiry = new EventExpiry(
                _storage.Resources.Of(Netes.Api.Core.Event.Resource), _storage.Objects, _time,
                _logs.CreateLogger<EventExpiry>()).RunAsync(stop.Token);
            using var remotes = new RemoteServices(_storage.Views, _options.FrontProxy?.Client);
            var resolver = new ServiceResolver(_storage.Views);
            var asked = new RemoteRequests(
                new HttpProxy(new KubeletConnector(_options, _storage.Views), _options.Neighbors), resolver);
            var aggregator = new Aggregator(remotes, new RemoteDiscovery(asked, _time), asked);
            var availability = new ApiServiceAvailability(
                _storage.Resources, _storage.Views, _storage.Writer, remotes,
                new AvailabilityCheck(_storage.Views, resolver, asked, _time), aggregator.Discovery,
                new AvailabilityMetrics(_options.Metrics), _time,
                _logs.CreateLogger<ApiServiceAvailability>());
            housekeeping = Task.WhenAll(
                KeepHouseAsync(stop.Token), range.RunAsync(stop.Token), availability.RunAsync(stop.Token));
            _requests = new(_options, _storage, security, aggregator, _records, _time, _logs);
            var frontend = _options.ServesNetwork
                ? new HttpFrontend(_options, new(HandleAsync), _logs).RunAsync(
                    endpoint => OnListening(endpoint, stop.Token), stop.Token)
                : ServeInProcessAsync(stop.Token);

            // Where one part ends by itself, a bug ended it: all of the server ends, and says why.
            await Task.WhenAny(frontend, feed, expiry, housekeeping);
            await stop.CancelAsync();
            await frontend;
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
            await Task.WhenAll(feed, expiry, housekeeping);
        }
    }

    /// <summary>
    /// Answers one call, without HTTP: the in-process transport. Failures are answers, except cancellation.
    /// </summary>
    public Task<ApiResult> HandleAsync(ApiCall call, CancellationToken cancel) => _requests is { } requests
        ? requests.Pipeline.HandleAsync(call, cancel)
        : Task.FromResult(Answers.Failure(ApiErrors.ServiceUnavailable("the server is starting").Status));

    /// <summary>The watch cache as a user may read it, for parts of the same process.</summary>
    public ObjectSource ReadAs(UserIdentity user) => new(() => _requests?.Access, user);

    private Task KeepHouseAsync(CancellationToken cancel) => Task.WhenAll(
        new ServiceAddresses(
            _storage.Resources, _storage.Objects, _storage.Views, _storage.Writer,
            new(_storage.Writer, _options.Ids, _time, _logs.CreateLogger<ServerEvents>(), ServiceAddresses.Controller),
            _time, _logs.CreateLogger<ServiceAddresses>()).RunAsync(cancel),
        _leases?.RunAsync(cancel) ?? Task.CompletedTask,
        _leases is { } leases && _records is { } records ? records.RunAsync(leases.Held, cancel) : Task.CompletedTask);

    private async Task ServeInProcessAsync(CancellationToken cancel)
    {
        await OnListening(_options.Listen, cancel);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancel.Register(stopping.SetResult))
        {
            await stopping.Task;
        }
    }

    // The service that everybody finds this server by must be there before the first answer.
    private async Task OnListening(IPEndPoint endpoint, CancellationToken cancel)
    {
        var self = new KubernetesService(_options, _storage.Views, _storage.Writer);
        await self.ReconcileAsync(endpoint.Port, cancel);
        await new ClusterInfo(_options, _storage.Views, _storage.Writer).ReconcileAsync(endpoint.Port, cancel);
        if (_records is { } records)
        {
            await records.WaitForCompletionAsync(cancel);
        }

        _listening.TrySetResult(endpoint);
    }
}
