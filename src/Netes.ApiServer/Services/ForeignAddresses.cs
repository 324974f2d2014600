using Netes.Api;
using Netes.ApiServer.Housekeeping;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.Services;

using Address = System.Net.IPAddress;
using IPAddress = Netes.Api.Networking.IPAddress;

/// <summary>
/// An address that somebody else wrote down is not for services, from the moment of the write. Those that the server
/// writes follow their services. Source: KEP-1880: who creates the IPAddress has the address.
/// </summary>
internal sealed class ForeignAddresses(AddressPools pools) : IStorageHook
{
    public ValueTask<HookedWrite> BeforeCreateAsync(IKubernetesObject value, CancellationToken cancel)
    {
        var address = (IPAddress)value;
        Hold(address);
        return ValueTask.FromResult(new HookedWrite(value, stored =>
        {
            if (!stored)
            {
                Release(address);
            }
        }));
    }

    public ValueTask<HookedWrite> BeforeUpdateAsync(
        IKubernetesObject next, IKubernetesObject old, CancellationToken cancel) =>
        ValueTask.FromResult(HookedWrite.Of(next));

    public void AfterDelete(IKubernetesObject deleted) => Release((IPAddress)deleted);

    /// <summary>What is known at the start, and what other servers write.</summary>
    public void Follow(IPAddress? old, IPAddress? next)
    {
        if (old is not null && (next is null || ServiceAddresses.IsManaged(next)))
        {
            Release(old);
        }

        if (next is not null)
        {
            Hold(next);
        }
    }

    private void Hold(IPAddress value)
    {
        if (!ServiceAddresses.IsManaged(value) && Address.TryParse(value.Metadata.Name, out var address))
        {
            pools.Hold(address, value.Metadata.Uid);
        }
    }

    private void Release(IPAddress value)
    {
        if (Address.TryParse(value.Metadata.Name, out var address))
        {
            pools.Release(address, value.Metadata.Uid);
        }
    }
}
