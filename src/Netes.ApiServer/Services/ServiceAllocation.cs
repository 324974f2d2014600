using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Services;

/// <summary>
/// Gives services their cluster addresses and node ports, and takes them back.
/// Source: pkg/registry/core/service/storage/alloc.go.
/// </summary>
internal sealed class ServiceAllocation(ApiServerOptions options, ObjectViews views) : IStorageHook
{
    private readonly AddressPool _addresses = new(options.ServiceNetwork);
    private readonly PortPool _ports = new(options.NodePorts.First, options.NodePorts.Last);

    /// <summary>Learns what is taken, now and whenever another server writes. The caches must be filled.</summary>
    public void Begin() => views.Subscribe<Service>((old, next) =>
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

    public ValueTask<HookedWrite> BeforeCreateAsync(IKubernetesObject value, CancellationToken cancel) =>
        ValueTask.FromResult(Allocate((Service)value, null));

    public ValueTask<HookedWrite> BeforeUpdateAsync(
        IKubernetesObject next, IKubernetesObject old, CancellationToken cancel) =>
        ValueTask.FromResult(Allocate((Service)next, (Service)old));

    public void AfterDelete(IKubernetesObject deleted) => Release((Service)deleted, null);

    private HookedWrite Allocate(Service service, Service? old)
    {
        service = IPFamilies.Complete(service);
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
            _addresses.TryTake(address, owner);
        }

        foreach (var port in AllocationAttempt.PortsOf(service.Spec))
        {
            _ports.TryTake(port, owner);
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
