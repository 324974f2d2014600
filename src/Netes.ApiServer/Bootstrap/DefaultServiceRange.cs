using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Networking;
using Netes.ApiServer.Housekeeping;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Services;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Bootstrap;

/// <summary>
/// The ServiceCIDR <c>kubernetes</c>: what the server was started with. It is made again when somebody deleted it, and
/// gets its second family when the server has got one.
/// Source: pkg/controlplane/controller/defaultservicecidr/default_servicecidr_controller.go.
/// </summary>
internal sealed partial class DefaultServiceRange(
    ApiServerOptions options, ResourceTable resources, ObjectViews views, InternalWriter writer, TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ServerEvents _events = new(
        writer, options.Ids, time, logger, "kubernetes-service-cidr-controller");

    private readonly ValueList<string> _cidrs =
        options.ServiceNetworks.Select(static network => network.ToString()).ToValueList();

    private bool _toldOfDifference;
    private bool _toldOfUnready;

    public async Task RunAsync(CancellationToken cancel)
    {
        var ranges = resources.Of(ServiceCIDR.Resource);
        try
        {
            while (true)
            {
                // Asked for before looking: what changes meanwhile is not missed.
                var changed = ranges.Cache.Changed.Next;
                var isDone = await TryEnsureAsync(cancel);
                await (isDone ? changed.WaitAsync(cancel) : Task.Delay(Interval, time, cancel));
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
            return;
        }
    }

    public async Task EnsureAsync(CancellationToken cancel)
    {
        var present = views.Get<ServiceCIDR>("", AddressPools.Default);
        if (present is null)
        {
            var made = await writer.CreateAsync(
                new ServiceCIDR { Metadata = new() { Name = AddressPools.Default }, Spec = new() { CIDRs = _cidrs } },
                cancel);
            await TellReadyAsync(made, cancel);
        }
        else if (_cidrs.Count == 2 && present.Spec.CIDRs.Count == 1 && present.Spec.CIDRs[0] == _cidrs[0])
        {
            await AddFamilyAsync(present, cancel);
        }
        else if (present.Metadata.DeletionTimestamp is null)
        {
            await CheckAsync(present, cancel);
        }
    }

    private async Task<bool> TryEnsureAsync(CancellationToken cancel)
    {
        try
        {
            await EnsureAsync(cancel);
            return true;
        }
        catch (ApiException exception) when (exception.IsAlreadyExists || exception.IsConflict)
        {
            // The cache is behind; it is looked at again when it changes.
            return true;
        }
        catch (ApiException exception)
        {
            LogFailed(logger, exception);
            return false;
        }
    }

    private async Task AddFamilyAsync(ServiceCIDR present, CancellationToken cancel)
    {
        try
        {
            await writer.UpdateAsync(present with { Spec = present.Spec with { CIDRs = _cidrs } }, cancel);
        }
        catch (ApiException exception) when (!exception.IsConflict)
        {
            await _events.WarnAsync(
                present, "KubernetesDefaultServiceCIDRError", "Upgrade",
                $"The default ServiceCIDR can not be upgraded from {_cidrs[0]} to dual stack {Shown(_cidrs)} : "
                + exception.Message, cancel);
        }
    }

    private async Task CheckAsync(ServiceCIDR present, CancellationToken cancel)
    {
        var ready = present.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready");
        if (present.Spec.CIDRs != _cidrs)
        {
            if (!_toldOfDifference)
            {
                _toldOfDifference = true;
                await _events.WarnAsync(
                    present, "KubernetesDefaultServiceCIDRInconsistent", "Check",
                    $"The default ServiceCIDR {Shown(present.Spec.CIDRs)} does not match the controller flag "
                    + $"configurations {Shown(_cidrs)}", cancel);
            }
        }
        else if (ready?.Status == ConditionStatus.False)
        {
            if (!_toldOfUnready)
            {
                _toldOfUnready = true;
                await _events.WarnAsync(
                    present, ready.Reason, "Check", "Configuration matches, but " + ready.Message, cancel);
            }
        }
        else if (ready?.Status != ConditionStatus.True)
        {
            await TellReadyAsync(present, cancel);
        }
    }

    private async Task TellReadyAsync(ServiceCIDR range, CancellationToken cancel) => await writer.UpdateStatusAsync(
        range with
        {
            Status = new()
            {
                Conditions =
                [
                    new()
                    {
                        Type = "Ready",
                        Status = ConditionStatus.True,
                        Message = "Kubernetes default Service CIDR is ready",
                        LastTransitionTime = Timestamp.From(time.GetUtcNow()),
                    },
                ],
            },
        },
        cancel);

    private static string Shown(ValueList<string> cidrs) => $"[{string.Join(' ', cidrs)}]";

    [LoggerMessage(LogLevel.Warning, "The default ServiceCIDR could not be written")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
