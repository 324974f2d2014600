using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ApiServer.Housekeeping;
using Netes.ApiServer.Metrics;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Aggregation;

using ConditionStatus = Netes.Api.ApiRegistration.ConditionStatus;

/// <summary>
/// Writes the condition Available of APIServices: when something they depend on changes, every 30 seconds, and after a
/// failed check sooner. A cluster without aggregated servers costs nothing.
/// Source: kube-aggregator pkg/controllers/status/{local,remote}.
/// </summary>
internal sealed partial class ApiServiceAvailability(
    ResourceTable resources, ObjectViews views, InternalWriter writer, RemoteServices services,
    AvailabilityCheck checks, RemoteDiscovery discovery, AvailabilityMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Resync = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                // Asked for before looking: what changes meanwhile is not missed.
                var changed = Changed();
                await WriteLocalAsync(cancel);
                var next = await CheckDueAsync(cancel);
                await Pause.UntilAsync(changed, next - time.GetUtcNow(), time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
            return;
        }
    }

    private Task Changed()
    {
        var registered = resources.Of(APIService.Resource).Cache.Changed.Next;
        return services.All.IsEmpty ? registered : Task.WhenAny(registered,
            resources.Of(Service.Resource).Cache.Changed.Next, resources.Of(EndpointSlice.Resource).Cache.Changed.Next);
    }

    // Whoever registers a group that this server is to serve itself is told at once.
    private async Task WriteLocalAsync(CancellationToken cancel)
    {
        foreach (var service in views.List<APIService>("").Where(static service => service.Spec.Service is null))
        {
            await WriteAsync(service, AvailabilityCheck.Local, cancel);
        }
    }

    /// <summary>Checks all that changed or whose time has come; the result is when the next one's time comes.</summary>
    private async Task<DateTimeOffset?> CheckDueAsync(CancellationToken cancel)
    {
        var all = services.All.Values.ToDictionary(static remote => remote.Name, StringComparer.Ordinal);
        foreach (var gone in _known.Keys.Where(name => !all.ContainsKey(name)).ToList())
        {
            _known.Remove(gone);
            discovery.Forget(gone);
            metrics.Set(gone, isAvailable: true);
        }

        var now = time.GetUtcNow();
        var due = new List<(RemoteService Remote, string Fingerprint)>();
        foreach (var remote in all.Values)
        {
            var fingerprint = checks.Fingerprint(remote);
            if (!_known.TryGetValue(remote.Name, out var known) || known.Due <= now || known.Fingerprint != fingerprint)
            {
                due.Add((remote, fingerprint));
            }
        }

        var results = await Task.WhenAll(due.Select(one => CheckAsync(one.Remote, cancel)));
        foreach (var ((remote, fingerprint), isGood) in due.Zip(results))
        {
            var failures = isGood ? 0 : (_known.GetValueOrDefault(remote.Name)?.Failures ?? 0) + 1;
            var again = isGood ? Resync
                : TimeSpan.FromTicks(Math.Min(Resync.Ticks, FirstBackoff.Ticks << Math.Min(failures - 1, 20)));
            _known[remote.Name] = new(fingerprint, time.GetUtcNow() + again, failures);
        }

        return _known.Count == 0 ? null : _known.Values.Min(static known => known.Due);
    }

    /// <returns>False: to be tried again soon.</returns>
    private async Task<bool> CheckAsync(RemoteService remote, CancellationToken cancel)
    {
        var condition = await checks.CheckAsync(remote, cancel);
        if (condition.Status == ConditionStatus.True)
        {
            // Who sees that it is available finds its resources.
            await discovery.RefreshAsync(remote, cancel);
        }

        metrics.Set(remote.Name, condition.Status == ConditionStatus.True);
        if (remote.IsAvailable && condition.Status != ConditionStatus.True)
        {
            metrics.Became(remote.Name, condition.Reason);
        }

        return await WriteAsync(remote.Object, condition, cancel) && condition.Reason != "FailedDiscoveryCheck";
    }

    // Only what differs is written: checks are many.
    private async Task<bool> WriteAsync(APIService service, APIServiceCondition condition, CancellationToken cancel)
    {
        var old = service.Status.Conditions.FirstOrDefault(static known =>
            known.Type == APIServiceConditionType.Available);
        if (old is not null
            && (old.Status, old.Reason, old.Message) == (condition.Status, condition.Reason, condition.Message))
        {
            return true;
        }

        var changed = old is not null && old.Status == condition.Status
            ? old.LastTransitionTime
            : Timestamp.From(time.GetUtcNow());
        var next = condition with { LastTransitionTime = changed };
        var others = service.Status.Conditions.Where(static known => known.Type != APIServiceConditionType.Available);
        try
        {
            await writer.UpdateStatusAsync(
                service with { Status = service.Status with { Conditions = [.. others, next] } }, cancel);
            LogChanged(logger, service.Metadata.Name, old?.Status ?? ConditionStatus.Unknown, next.Status,
                next.Message);
            return true;
        }
        catch (ApiException exception)
        {
            // Changed or gone meanwhile, which comes as an event; or the store is in trouble, which passes.
            LogKept(logger, service.Metadata.Name, exception);
            return exception.IsNotFound || exception.IsConflict;
        }
    }

    [LoggerMessage(LogLevel.Information, "Availability of APIService {Name}: {Old} became {New}: {Why}")]
    private static partial void LogChanged(ILogger logger, string name, string old, string @new, string why);

    [LoggerMessage(LogLevel.Warning, "The status of APIService {Name} could not be written")]
    private static partial void LogKept(ILogger logger, string name, Exception exception);

    private sealed record Known(string Fingerprint, DateTimeOffset Due, int Failures);
}
