using System.Net;
using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Networking;
using Netes.Client;

namespace Netes.ControlPlane;

using Address = System.Net.IPAddress;
using IPAddress = Netes.Api.Networking.IPAddress;

/// <summary>
/// Says of each range of service addresses that it may be used, and keeps it while somebody does.
/// Source: pkg/controller/servicecidrs/servicecidrs_controller.go.
/// </summary>
internal sealed class ServiceCidrController : IController
{
    private const string Finalizer = "networking.k8s.io/service-cidr-finalizer";

    // Addresses that were given out at the last moment are seen by then.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ControllerContext _context;
    private readonly ObjectCache<ServiceCIDR> _ranges;
    private readonly ObjectCache<IPAddress> _addresses;
    private readonly EventRecorder _events;
    private readonly KeyedController<ObjectKey> _keyed;

    public ServiceCidrController(ControllerContext context)
    {
        _context = context;
        _events = context.Events("service-cidr-controller");
        _keyed = new KeyedController<ObjectKey>(context, Name, ReconcileAsync, queue: new QueueSettings("ipaddresses"));
        var ranges = context.Informers.Get<ServiceCIDR>();
        var addresses = context.Informers.Get<IPAddress>();
        (_ranges, _addresses) = (ranges.Cache, addresses.Cache);
        ranges.AddHandler(change => EnqueueAll(change.New is null || change.Old is null ? null : change.Key));
        addresses.AddHandler(change =>
        {
            if (change.Old is null || change.New is null)
            {
                EnqueueAll(null);
            }
        });
    }

    public string Name => "service-cidr-controller";

    public Task RunAsync(CancellationToken cancel) => _keyed.RunAsync(cancel);

    /// <summary>One range may stand in for another; there are few.</summary>
    private void EnqueueAll(ObjectKey? only)
    {
        foreach (var range in _ranges.List())
        {
            if (only is null || only == ObjectKey.Of(range) || range.Metadata.DeletionTimestamp is not null)
            {
                _keyed.Queue.Add(ObjectKey.Of(range));
            }
        }
    }

    private async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        if (!_ranges.TryGet(key, out var range))
        {
            return ReconcileResult.Done;
        }

        if (range.Metadata.DeletionTimestamp is not { } deleted)
        {
            range = await WithFinalizerAsync(range, present: true, cancel);
            await TellReadyAsync(range, cancel);
            return ReconcileResult.Done;
        }

        if (!ServiceCidrPlan.MayGo(range, _ranges.List(), _addresses.List()))
        {
            await TellAsync(range, ConditionStatus.False, "Terminating",
                "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new "
                + "ServiceCIDR", cancel);
            return ReconcileResult.Done;
        }

        var left = deleted.ToDateTimeOffset() + Grace - _context.Now;
        if (left > TimeSpan.Zero)
        {
            return ReconcileResult.Again(left);
        }

        await WithFinalizerAsync(range, present: false, cancel);
        return ReconcileResult.Done;
    }

    private async Task<ServiceCIDR> WithFinalizerAsync(ServiceCIDR range, bool present, CancellationToken cancel)
    {
        if (range.Metadata.Finalizers.Contains(Finalizer) == present)
        {
            return range;
        }

        var others = range.Metadata.Finalizers.Where(name => name != Finalizer).ToValueList();
        return await _context.Client.UpdateAsync(range with
        {
            Metadata = range.Metadata with { Finalizers = present ? others.Add(Finalizer) : others },
        }, cancel);
    }

    private async Task TellReadyAsync(ServiceCIDR range, CancellationToken cancel)
    {
        try
        {
            await TellAsync(range, ConditionStatus.True, "", "Kubernetes Service CIDR is ready", cancel);
        }
        catch (ApiException failure) when (!failure.IsConflict)
        {
            _events.Warning(
                range, "KubernetesServiceCIDRError", "The ServiceCIDR Status can not be set to Ready=True");
            throw;
        }
    }

    private async Task TellAsync(
        ServiceCIDR range, string status, string reason, string message, CancellationToken cancel)
    {
        var current = range.Status.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
        if (current is not null && (current.Status, current.Reason, current.Message) == (status, reason, message))
        {
            return;
        }

        var next = new Condition
        {
            Type = "Ready",
            Status = status,
            Reason = reason,
            Message = message,
            LastTransitionTime = current?.Status == status
                ? current.LastTransitionTime
                : Timestamp.From(_context.Now),
        };
        var conditions = range.Status.Conditions.Where(condition => condition.Type != "Ready").ToValueList().Add(next);
        await _context.Client.UpdateStatusAsync(
            range with { Status = range.Status with { Conditions = conditions } }, cancel);
    }
}

/// <summary>Whether a range is still needed. Pure.</summary>
internal static class ServiceCidrPlan
{
    public const string ManagedByLabel = "ipaddress.kubernetes.io/managed-by";
    public const string ManagedBy = "ipallocator.k8s.io";

    /// <summary>
    /// Each address of a service that lies in one of the range's networks lies in one of another range, too.
    /// </summary>
    public static bool MayGo(
        ServiceCIDR range, IEnumerable<ServiceCIDR> all, IEnumerable<IPAddress> addresses)
    {
        var own = Networks(range).ToList();
        var others = all
            .Where(other => other.Metadata.Name != range.Metadata.Name && other.Metadata.DeletionTimestamp is null)
            .SelectMany(Networks)
            .ToList();
        return addresses.All(item => item.Metadata.Labels.Get(ManagedByLabel, "") != ManagedBy
            || !Address.TryParse(item.Metadata.Name, out var address)
            || !own.Any(network => Holds(network, address)) || others.Any(network => Holds(network, address)));
    }

    /// <summary>
    /// The network gives the address out: not its first one, nor, of IPv4, its last. Source:
    /// pkg/api/servicecidr/servicecidr.go, PrefixContainsIP.
    /// </summary>
    private static bool Holds(IPNetwork network, Address address)
    {
        if (!network.Contains(address) || network.BaseAddress.Equals(address))
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        return bytes.Length > 4 || Enumerable.Range(network.PrefixLength, 32 - network.PrefixLength)
            .Any(bit => (bytes[bit / 8] & (0x80 >> (bit % 8))) == 0);
    }

    private static IEnumerable<IPNetwork> Networks(ServiceCIDR range) => range.Spec.CIDRs
        .Select(text => IPNetwork.TryParse(text, out var network) ? network : default)
        .Where(network => network != default);
}
