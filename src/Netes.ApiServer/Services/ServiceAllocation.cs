using System.Net.Sockets;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Networking;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Services;

/// <summary>
/// Gives services their cluster addresses, from every ready ServiceCIDR, and node ports, and takes them back.
/// Source: pkg/registry/core/service/storage/alloc.go.
/// </summary>
internal sealed class ServiceAllocation : IStorageHook
{
    private readonly ObjectViews _views;
    private readonly AddressPools _addresses;
    private readonly IPFamilies _families;
    private readonly PortPool _ports;

    public ServiceAllocation(ApiServerOptions options, ObjectViews views)
    {
        _views = views;
        _addresses = new(options.ServiceNetworks, options.Metrics);
        _families = new([.. options.ServiceNetworks.Select(static network =>
            network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? IPFamily.IPv6 : IPFamily.IPv4)]);
        _ports = new(options.NodePorts.First, options.NodePorts.Last, options.Metrics);
        Foreign = new(_addresses);
    }

    /// <summary>The hook of the kind IPAddress.</summary>
    public ForeignAddresses Foreign { get; }

    /// <summary>Learns what is taken, now and whenever another server writes. The caches must be filled.</summary>
    public void Begin()
    {
        _views.Subscribe<ServiceCIDR>(_addresses.Follow);
        _views.Subscribe<Service>((old, next) =>
        {
            if (old is not null && (next is null || next.Spec != old.Spec))
            {
                Release(old, next);
            }

            if (next is not null)
            {
                Hold(next);
            }
        });
        _views.Subscribe<IPAddress>(Foreign.Follow);
    }

    public ValueTask<HookedWrite> BeforeCreateAsync(IKubernetesObject value, CancellationToken cancel) =>
        ValueTask.FromResult(Allocate((Service)value, null));

    public ValueTask<HookedWrite> BeforeUpdateAsync(
        IKubernetesObject next, IKubernetesObject old, CancellationToken cancel) =>
        ValueTask.FromResult(Allocate((Service)next, (Service)old));

    public void AfterDelete(IKubernetesObject deleted) => Release((Service)deleted, null);

    private HookedWrite Allocate(Service service, Service? old)
    {
        service = _families.Complete(service, old);
        var attempt = new AllocationAttempt(service, old, _addresses, _ports);
        try
        {
            var allocated = attempt.Run();
            return new(allocated, stored =>
            {
                if (!stored)
                {
                    attempt.Undo();
                }
                else if (old is not null)
                {
                    Release(old, allocated);
                }
            });
        }
        catch
        {
            attempt.Undo();
            throw;
        }
    }

    private void Hold(Service service)
    {
        var owner = service.Metadata.Uid;
        foreach (var address in AllocationAttempt.AddressesOf(service.Spec))
        {
            _addresses.Hold(address, owner);
        }

        foreach (var port in AllocationAttempt.PortsOf(service.Spec))
        {
            _ports.Hold(port, owner);
        }
    }

    private void Release(Service old, Service? next)
    {
        var owner = old.Metadata.Uid;
        foreach (var address in AllocationAttempt.AddressesOf(old.Spec))
        {
            if (next is null || !AllocationAttempt.AddressesOf(next.Spec).Contains(address))
            {
                _addresses.Release(address, owner);
            }
        }

        foreach (var port in AllocationAttempt.PortsOf(old.Spec))
        {
            if (next is null || !AllocationAttempt.PortsOf(next.Spec).Contains(port))
            {
                _ports.Release(port, owner);
            }
        }
    }
}
