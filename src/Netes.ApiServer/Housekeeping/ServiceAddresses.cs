using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Services;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Housekeeping;

using Address = System.Net.IPAddress;
using IPAddress = Netes.Api.Networking.IPAddress;

/// <summary>
/// One IPAddress object per cluster address, so that everybody sees which are taken, and by whom. Addresses are given
/// out by <see cref="ServiceAllocation"/>; this writes them down, mends what others change, and warns of what it
/// cannot mend. Source: pkg/registry/core/service/ipallocator/controller/repairip.go, KEP-1880.
/// </summary>
internal sealed partial class ServiceAddresses(
    ResourceTable resources, ResourceStore store, ObjectViews views, InternalWriter writer, ServerEvents events,
    TimeProvider time, ILogger logger)
{
    public const string ManagedBy = "ipallocator.k8s.io";
    public const string Controller = "ipallocator-repair-controller";
    private const string ManagedByLabel = "ipaddress.kubernetes.io/managed-by";
    private const string FamilyLabel = "ipaddress.kubernetes.io/ip-family";
    private const string OnService = "ClusterIPAllocation";
    private const string OnAddress = "IPAddressAllocation";

    // A failed write is tried again; a service written by another server may not be known here yet.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    // Somebody else's write of a service may last as long.
    private static readonly TimeSpan LeakedAfter = TimeSpan.FromSeconds(60);

    // What this loop wrote; true: the cache has shown it, so that its absence is somebody's doing.
    private readonly Dictionary<string, bool> _own = new(StringComparer.Ordinal);
    private HashSet<string> _warned = [];
    private HashSet<string> _warnedBefore = [];
    private TimeSpan? _again;

    public static bool IsManaged(IPAddress address) =>
        address.Metadata.Labels.Get(ManagedByLabel, "") == ManagedBy;

    public async Task RunAsync(CancellationToken cancel)
    {
        var services = resources.Of(Service.Resource).Cache;
        var addresses = resources.Of(IPAddress.Resource).Cache;
        var ranges = resources.Of(ServiceCIDR.Resource).Cache;
        try
        {
            while (true)
            {
                // Asked for before looking: what changes meanwhile is not missed.
                var changed = Task.WhenAny(services.Changed.Next, addresses.Changed.Next, ranges.Changed.Next);
                await Pause.UntilAsync(changed, await RepairAsync(cancel), time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
            return;
        }
    }

    /// <returns>When to look again though nothing changes; null: not at all.</returns>
    internal async Task<TimeSpan?> RepairAsync(CancellationToken cancel)
    {
        _again = null;
        if (views.Get<ServiceCIDR>("", AddressPools.Default) is null)
        {
            return null;
        }

        (_warnedBefore, _warned) = (_warned, _warnedBefore);
        _warned.Clear();
        AddressRange[] ranges = [.. views.List<ServiceCIDR>("").SelectMany(static range => range.Spec.CIDRs)
            .Select(AddressRange.Parse).OfType<AddressRange>()];
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in views.List<Service>(""))
        {
            foreach (var address in AllocationAttempt.AddressesOf(service.Spec))
            {
                wanted.Add(address.ToString());
                await SyncAsync(service, address, ranges, cancel);
            }
        }

        foreach (var present in views.List<IPAddress>(""))
        {
            if (!wanted.Contains(present.Metadata.Name) && IsManaged(present))
            {
                await CleanUpAsync(present, cancel);
            }
        }

        return _again;
    }

    private async Task SyncAsync(Service service, Address address, AddressRange[] ranges, CancellationToken cancel)
    {
        var value = ObjectOf(service, address);
        var (name, family) = (value.Metadata.Name, value.Metadata.Labels[FamilyLabel]);
        if (!ranges.Any(range => range.Contains(address)))
        {
            await WarnAsync(service, "ClusterIPOutOfRange", OnService, $"Cluster IP [{family}]: {name} is not within "
                + "any configured Service CIDR; please recreate service", cancel);
            return;
        }

        var present = views.Get<IPAddress>("", name);
        if (present is null)
        {
            if (_own.Remove(name, out var wasSeen) && wasSeen)
            {
                await WarnAsync(service, "ClusterIPNotAllocated", OnService,
                    $"Cluster IP [{family}]: {name} is not allocated; repairing", cancel);
            }

            await WriteAsync(value, isThere: false, cancel);
            return;
        }

        if (present.Spec.ParentRef == value.Spec.ParentRef)
        {
            _own[name] = true;
            if (!IsManaged(present) || present.Metadata.Labels.Get(FamilyLabel, "") != family)
            {
                await WriteAsync(value, isThere: true, cancel);
            }
        }
        else if (HolderOf(present) is { } holder && AllocationAttempt.AddressesOf(holder.Spec).Contains(address))
        {
            await WarnAsync(service, "ClusterIPAlreadyAllocated", OnService, $"Cluster IP [{family}]:{name} was "
                + "assigned to multiple services; please recreate service", cancel);
        }
        else
        {
            // The address of a service that went goes to the next one without ado.
            if (!IsManaged(present))
            {
                await WarnAsync(service, "ClusterIPNotAllocated", OnService, $"the ClusterIP [{family}]: {name} for "
                    + $"Service {service.Metadata.Namespace}/{service.Metadata.Name} has a wrong reference; repairing",
                    cancel);
            }

            await WriteAsync(value, isThere: true, cancel);
        }
    }

    /// <summary>What the server wrote down for a service that does not have the address.</summary>
    private async Task CleanUpAsync(IPAddress present, CancellationToken cancel)
    {
        var name = present.Metadata.Name;
        var parent = present.Spec.ParentRef ?? ParentReference.Empty;
        var holder = $"{parent.Namespace}/{parent.Name}";
        if (parent is not { Group: "", Resource: "services" })
        {
            await WarnAsync(present, "IPAddressNotAllocated", OnAddress, $"IPAddress {name} appears to have been "
                + $"modified, not referencing a Service &ParentReference{{Group:{parent.Group},"
                + $"Resource:{parent.Resource},Namespace:{parent.Namespace},Name:{parent.Name},}}: cleaning up", cancel);
        }
        else if (_own.ContainsKey(name))
        {
            LogReleased(logger, name, holder);
        }
        else if (HolderOf(present) is not null)
        {
            await WarnAsync(present, "IPAddressWrongReference", OnAddress,
                $"IPAddress: {name} for Service {holder} has a wrong reference; cleaning up", cancel);
        }
        else
        {
            var age = time.GetUtcNow() - (present.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? default);
            if (age <= LeakedAfter)
            {
                LookAgain(LeakedAfter - age + TimeSpan.FromSeconds(1));
                return;
            }

            await WarnAsync(present, "IPAddressNotAllocated", OnAddress,
                $"IPAddress: {name} for Service {holder} appears to have leaked: cleaning up", cancel);
        }

        await TryAsync(() => DeleteAsync(name, cancel), name);
    }

    /// <summary>The object that a service's address calls for.</summary>
    private static IPAddress ObjectOf(Service service, Address address) => new()
    {
        Metadata = new()
        {
            Name = address.ToString(),
            Labels = ValueMap.Of(
                (FamilyLabel, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                    ? IPFamily.IPv6
                    : IPFamily.IPv4),
                (ManagedByLabel, ManagedBy)),
        },
        Spec = new()
        {
            ParentRef = new()
            {
                Resource = "services",
                Namespace = service.Metadata.Namespace,
                Name = service.Metadata.Name,
            },
        },
    };

    private Service? HolderOf(IPAddress address) =>
        address.Spec.ParentRef is { Group: "", Resource: "services" } parent
            ? views.Get<Service>(parent.Namespace, parent.Name)
            : null;

    // Once, until it is mended: this loop runs whenever something changes.
    private async Task WarnAsync<T>(T about, string reason, string action, string message, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var key = $"{about.Metadata.Uid} {reason} {message}";
        if (_warned.Add(key) && !_warnedBefore.Contains(key))
        {
            await events.WarnAsync(about, reason, action, message, cancel);
        }
    }

    // Whose it is cannot be changed in place.
    private async Task WriteAsync(IPAddress value, bool isThere, CancellationToken cancel)
    {
        var name = value.Metadata.Name;
        if (!isThere || await TryAsync(() => DeleteAsync(name, cancel), name))
        {
            if (await TryAsync(() => writer.CreateAsync(value, cancel).AsTask(), name))
            {
                _own.TryAdd(name, false);
            }
        }
    }

    private async Task DeleteAsync(string name, CancellationToken cancel)
    {
        _own.Remove(name);
        var addresses = resources.Of(IPAddress.Resource);
        var key = addresses.Stored.KeyOf("", name);
        if (await store.GetLatestAsync(addresses.Cache, key, cancel) is { } entry)
        {
            await store.DeleteAsync(entry, cancel);
        }
    }

    private async Task<bool> TryAsync(Func<Task> write, string name)
    {
        try
        {
            await write();
            return true;
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // The cache is behind, or another server was faster.
            return true;
        }
        catch (ApiException exception)
        {
            LogKept(logger, name, exception);
            LookAgain(Again);
            return false;
        }
    }

    private void LookAgain(TimeSpan after) => _again = _again is { } sooner && sooner < after ? sooner : after;

    [LoggerMessage(LogLevel.Debug, "The IPAddress {Name} goes: Service {Holder} no longer has it")]
    private static partial void LogReleased(ILogger logger, string name, string holder);

    [LoggerMessage(LogLevel.Warning, "The IPAddress {Name} could not be written")]
    private static partial void LogKept(ILogger logger, string name, Exception exception);
}
