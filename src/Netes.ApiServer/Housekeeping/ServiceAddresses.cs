using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Services;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Housekeeping;

using IPAddress = Netes.Api.Networking.IPAddress;

/// <summary>
/// One IPAddress object per cluster address, so that everybody sees which are taken, and by whom. Addresses are given
/// out by <see cref="ServiceAllocation"/>; this writes them down, and mends what others change.
/// Source: pkg/registry/core/service/ipallocator/controller/repairip.go, KEP-1880.
/// </summary>
internal sealed partial class ServiceAddresses(
    ResourceTable resources, ResourceStore store, ObjectViews views, InternalWriter writer, TimeProvider time,
    ILogger logger)
{
    public const string ManagedBy = "ipallocator.k8s.io";
    private const string ManagedByLabel = "ipaddress.kubernetes.io/managed-by";
    private const string FamilyLabel = "ipaddress.kubernetes.io/ip-family";

    // A failed write is tried again; a service written by another server may not be known here yet.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancel)
    {
        var services = resources.Of(Service.Resource);
        var addresses = resources.Of(IPAddress.Resource);
        try
        {
            while (true)
            {
                // Asked for before looking: what changes meanwhile is not missed.
                var changed = Task.WhenAny(services.Cache.Changed.Next, addresses.Cache.Changed.Next);
                if (await RepairAsync(cancel))
                {
                    await changed.WaitAsync(cancel);
                }
                else
                {
                    await Task.Delay(Again, time, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
            return;
        }
    }

    /// <returns>False: something could not be written.</returns>
    internal async Task<bool> RepairAsync(CancellationToken cancel)
    {
        var wanted = Wanted(views.List<Service>(""));
        var isDone = true;
        foreach (var (name, address) in wanted)
        {
            var present = views.Get<IPAddress>("", name);
            if (present is not null && present.Spec.ParentRef == address.Spec.ParentRef)
            {
                continue;
            }

            // Whose it is cannot be changed in place.
            isDone &= present is null || await TryAsync(() => DeleteAsync(name, cancel), name);
            isDone &= await TryAsync(() => writer.CreateAsync(address, cancel).AsTask(), name);
        }

        foreach (var present in views.List<IPAddress>(""))
        {
            var name = present.Metadata.Name;
            if (!wanted.ContainsKey(name) && present.Metadata.Labels.Get(ManagedByLabel, "") == ManagedBy)
            {
                isDone &= await TryAsync(() => DeleteAsync(name, cancel), name);
            }
        }

        return isDone;
    }

    /// <summary>The objects that the services call for.</summary>
    internal static Dictionary<string, IPAddress> Wanted(IEnumerable<Service> services)
    {
        var wanted = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            foreach (var address in AllocationAttempt.AddressesOf(service.Spec))
            {
                var isIPv6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
                wanted.TryAdd(address.ToString(), new IPAddress
                {
                    Metadata = new()
                    {
                        Name = address.ToString(),
                        Labels = ValueMap.Of(
                            (FamilyLabel, isIPv6 ? IPFamily.IPv6 : IPFamily.IPv4), (ManagedByLabel, ManagedBy)),
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
                });
            }
        }

        return wanted;
    }

    private async Task DeleteAsync(string name, CancellationToken cancel)
    {
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
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The IPAddress {Name} could not be written")]
    private static partial void LogKept(ILogger logger, string name, Exception exception);
}
