using Netes.Api.Core;
using Netes.ApiServer.Services;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Housekeeping;

using IPAddress = Netes.Api.Networking.IPAddress;
using ServiceCIDR = Netes.Api.Networking.ServiceCIDR;

/// <summary>
/// Which cluster addresses somebody should look at, and which services have them: of thousands of services a change
/// concerns one. Threading: told by the watch cache, asked by one loop.
/// </summary>
internal sealed class AddressChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedSet<(string Namespace, string Name)>> _holders =
        new(StringComparer.Ordinal);

    private HashSet<string> _changed = new(StringComparer.Ordinal);
    private TaskCompletionSource _more = NewSignal();

    /// <summary>Ends when there is something to take.</summary>
    public Task More
    {
        get
        {
            lock (_lock)
            {
                return _more.Task;
            }
        }
    }

    /// <summary>Everything that there is counts as changed at first.</summary>
    /// <returns>Ends the following.</returns>
    public IReadOnlyList<IDisposable> Follow(IObjectReader objects) =>
    [
        objects.Subscribe<Service>(ServiceChanged),
        objects.Subscribe<IPAddress>((old, next) => AddressChanged((next ?? old)!.Metadata.Name)),
        objects.Subscribe<ServiceCIDR>((_, _) => RangesChanged()),
    ];

    /// <summary>The addresses that changed since the last call, in the order of their text.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lock)
        {
            var taken = _changed;
            _changed = new(StringComparer.Ordinal);
            if (_more.Task.IsCompleted)
            {
                _more = NewSignal();
            }

            return [.. taken.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The services that have the address; more than one is a mistake.</summary>
    public IReadOnlyList<(string Namespace, string Name)> HoldersOf(string address)
    {
        lock (_lock)
        {
            return _holders.TryGetValue(address, out var holders) ? [.. holders] : [];
        }
    }

    internal void ServiceChanged(Service? old, Service? next)
    {
        var (before, after) = (AddressesOf(old), AddressesOf(next));
        if (before.SequenceEqual(after))
        {
            return;
        }

        lock (_lock)
        {
            foreach (var address in before)
            {
                if (_holders.TryGetValue(address, out var holders) && holders.Remove(KeyOf(old!)) && holders.Count == 0)
                {
                    _holders.Remove(address);
                }
            }

            foreach (var address in after)
            {
                if (!_holders.TryGetValue(address, out var holders))
                {
                    _holders[address] = holders = [];
                }

                holders.Add(KeyOf(next!));
            }

            Change([.. before, .. after]);
        }
    }

    internal void AddressChanged(string address)
    {
        lock (_lock)
        {
            Change([address]);
        }
    }

    internal void RangesChanged()
    {
        lock (_lock)
        {
            Change(_holders.Keys);
        }
    }

    private static (string Namespace, string Name) KeyOf(Service service) =>
        (service.Metadata.Namespace, service.Metadata.Name);

    private static List<string> AddressesOf(Service? service) => service is null
        ? []
        : [.. AllocationAttempt.AddressesOf(service.Spec).Select(static address => address.ToString())];

    private void Change(IEnumerable<string> addresses)
    {
        _changed.UnionWith(addresses);
        _more.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
