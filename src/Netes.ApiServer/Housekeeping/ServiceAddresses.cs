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

    private readonly AddressChanges _changes = new();

    // What this loop wrote; true: the cache has shown it, so that its absence is somebody's doing.
    private readonly Dictionary<string, bool> _own = new(StringComparer.Ordinal);

    // Of each address that is not as it should be what users were told already.
    private readonly Dictionary<string, HashSet<string>> _warned = new(StringComparer.Ordinal);

    // Addresses that are looked at again though nothing changes.
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);
    private HashSet<string> _warnings = [];
    private HashSet<string> _warnedBefore = [];

    public static bool IsManaged(IPAddress address) =>
        address.Metadata.Labels.Get(ManagedByLabel, "") == ManagedBy;

    public async Task RunAsync(CancellationToken cancel)
    {
        var following = _changes.Follow(views);
        try
        {
            await WaitForRangesAsync(cancel);
            while (true)
            {
                await RepairAsync([.. _changes.Take(), .. TakeDue()], cancel);
                await Pause.UntilAsync(_changes.More, NextDue(), time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
            return;
        }
        finally
        {
            foreach (var subscription in following)
            {
                subscription.Dispose();
            }
        }
    }

    /// <summary>Before the server has made its own range, every address would be outside.</summary>
    private async Task WaitForRangesAsync(CancellationToken cancel)
    {
        var ranges = resources.Of(ServiceCIDR.Resource).Cache;
        while (true)
        {
            var changed = ranges.Changed.Next;
            if (views.Get<ServiceCIDR>("", AddressPools.Default) is not null)
            {
                return;
            }

            await changed.WaitAsync(cancel);
        }
    }

    private List<string> TakeDue()
    {
        var now = time.GetUtcNow();
        List<string> due = [.. _due.Where(pair => pair.Value <= now).Select(static pair => pair.Key)];
        due.ForEach(name => _due.Remove(name));
        return due;
    }

    private TimeSpan? NextDue() => _due.Count == 0 ? null : _due.Values.Min() - time.GetUtcNow();

    private async Task RepairAsync(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        if (names.Count == 0)
        {
            return;
        }

        AddressRange[] ranges = [.. views.List<ServiceCIDR>("").SelectMany(static range => range.Spec.CIDRs)
            .Select(AddressRange.Parse).OfType<AddressRange>()];
        foreach (var name in names)
        {
            _warnedBefore = _warned.Remove(name, out var known) ? known : [];
            _warnings = [];
            await RepairAsync(name, ranges, cancel);
            if (_warnings.Count > 0)
            {
                _warned[name] = _warnings;
            }
        }
    }

    private async Task RepairAsync(string name, AddressRange[] ranges, CancellationToken cancel)
    {
        if (!Address.TryParse(name, out var address))
        {
            return;
        }

        var isWanted = false;
        foreach (var holder in _changes.HoldersOf(name))
        {
            if (views.Get<Service>(holder.Namespace, holder.Name) is { } service
                && AllocationAttempt.AddressesOf(service.Spec).Contains(address))
            {
                isWanted = true;
                await SyncAsync(service, address, ranges, cancel);
            }
        }

        if (isWanted)
        {
            return;
        }

        if (views.Get<IPAddress>("", name) is not { } present)
        {
            // What the cache has not shown yet is still to be cleaned up.
            if (_own.GetValueOrDefault(name))
            {
                _own.Remove(name);
            }
        }
        else if (IsManaged(present))
        {
            await CleanUpAsync(present, cancel);
        }
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
                LookAgain(name, LeakedAfter - age + TimeSpan.FromSeconds(1));
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

    // Once, until it is mended: the address is looked at whenever something about it changes.
    private async Task WarnAsync<T>(T about, string reason, string action, string message, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var key = $"{about.Metadata.Uid} {reason} {message}";
        if (_warnings.Add(key) && !_warnedBefore.Contains(key))
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
            LookAgain(name, Again);
            return false;
        }
    }

    private void LookAgain(string name, TimeSpan after)
    {
        var at = time.GetUtcNow() + after;
        _due[name] = _due.TryGetValue(name, out var sooner) && sooner < at ? sooner : at;
    }

    [LoggerMessage(LogLevel.Debug, "The IPAddress {Name} goes: Service {Holder} no longer has it")]
    private static partial void LogReleased(ILogger logger, string name, string holder);

    [LoggerMessage(LogLevel.Warning, "The IPAddress {Name} could not be written")]
    private static partial void LogKept(ILogger logger, string name, Exception exception);
}
