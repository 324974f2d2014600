using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Aggregation;

using ConditionStatus = Netes.Api.ApiRegistration.ConditionStatus;

/// <summary>
/// Whether an APIService can be used, and why not: first what the objects say, then whether the server answers.
/// Source: kube-aggregator pkg/controllers/status/remote/remote_available_controller.go, sync.
/// </summary>
internal sealed class AvailabilityCheck(ObjectViews views, ServiceResolver resolver, RemoteRequests requests,
    TimeProvider time)
{
    private const int Attempts = 5;

    // The request should happen quickly.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static APIServiceCondition Local { get; } = new()
    {
        Type = APIServiceConditionType.Available,
        Status = ConditionStatus.True,
        Reason = "Local",
        Message = "Local APIServices are always available",
    };

    public async Task<APIServiceCondition> CheckAsync(RemoteService remote, CancellationToken cancel) =>
        OfObjects(remote) is { } missing ? missing
        : await AnswersAsync(remote, cancel) is { } failure ? No("FailedDiscoveryCheck", failure)
        : new()
        {
            Type = APIServiceConditionType.Available,
            Status = ConditionStatus.True,
            Reason = "Passed",
            Message = "all checks passed",
        };

    /// <summary>What a check depends on: while it stays the same, only the server itself can change.</summary>
    public string Fingerprint(RemoteService remote)
    {
        var (space, name) = (remote.Service.Namespace, remote.Service.Name);
        var slices = resolver.SlicesOf(space, name).Select(static slice => slice.Metadata.ResourceVersion);
        return $"{remote.Object.Metadata.Uid}/{remote.Object.Metadata.Generation}"
            + $"/{views.Get<Service>(space, name)?.Metadata.ResourceVersion}/{string.Join(',', slices)}";
    }

    private static APIServiceCondition No(string reason, string message) => new()
    {
        Type = APIServiceConditionType.Available,
        Status = ConditionStatus.False,
        Reason = reason,
        Message = message,
    };

    private APIServiceCondition? OfObjects(RemoteService remote)
    {
        var (space, name, port) = (remote.Service.Namespace, remote.Service.Name, remote.Port);
        var quoted = FieldError.Quote(space);
        if (views.Get<Service>(space, name) is not { } service)
        {
            return No("ServiceNotFound", $"service/{name} in {quoted} is not present");
        }

        // Only what has a cluster address tells by its objects whether somebody answers.
        if (service.Spec.Type is not ("ClusterIP" or ""))
        {
            return null;
        }

        if (service.Spec.Ports.FirstOrDefault(candidate => candidate.Port == port) is not { } servicePort)
        {
            return No("ServicePortError", $"service/{name} in {quoted} is not listening on port {port}");
        }

        var slices = resolver.SlicesOf(space, name).ToList();
        return slices.Count == 0
                ? No("EndpointsNotFound", $"cannot find endpointslices for service/{name} in {quoted}")
            : slices.Any(slice => HasEndpoint(slice, servicePort.Name)) ? null
            : No("MissingEndpoints",
                $"endpointslices for service/{name} in {quoted} have no addresses with port name {FieldError.Quote(servicePort.Name)}");
    }

    private static bool HasEndpoint(EndpointSlice slice, string portName) =>
        slice.Endpoints.Any(static endpoint => endpoint.Conditions.Ready is not false)
        && slice.Ports.Any(port => (port.Name ?? "") == portName && port.Port is not null);

    /// <summary>Null when one of some attempts was answered; else why the last was not.</summary>
    private async Task<string?> AnswersAsync(RemoteService remote, CancellationToken cancel)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var attempts = Enumerable.Range(0, Attempts).Select(_ => AttemptAsync(remote, enough.Token)).ToList();
        string? failure = null;
        await foreach (var attempt in Task.WhenEach(attempts))
        {
            failure = await attempt;
            if (failure is null)
            {
                break;
            }
        }

        await enough.CancelAsync();
        await Task.WhenAll(attempts);
        cancel.ThrowIfCancellationRequested();
        return failure;
    }

    private async Task<string?> AttemptAsync(RemoteService remote, CancellationToken cancel)
    {
        var url = RemoteRequests.Url(remote, remote.DiscoveryPath);
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            var (code, _) = await requests.GetAsync(remote, remote.DiscoveryPath, "application/json", either.Token);
            return code is >= 200 and < 300 ? null
                : $"failing or missing response from {url}: bad status from {url}: {code}";
        }
        catch (ApiException exception)
        {
            return $"failing or missing response from {url}: Get {FieldError.Quote(url)}: {RemoteRequests.Plain(exception.Status.Message)}";
        }
        catch (Exception exception) when (exception
            is OperationCanceledException or IOException or HttpRequestException)
        {
            return $"failing or missing response from {url}: Get {FieldError.Quote(url)}: context deadline exceeded";
        }
    }
}
