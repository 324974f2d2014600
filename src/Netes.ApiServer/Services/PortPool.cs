using Netes.Api.Telemetry;

namespace Netes.ApiServer.Services;

/// <summary>
/// The node ports and who holds them; a service may use one number for several protocols. The lower part is kept for
/// those who ask for a certain port (KEP-3668). Any thread.
/// </summary>
internal sealed class PortPool
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _owners = [];
    private readonly int _reserved;
    private readonly AllocatorMetrics _metrics;
    private int _next;

    /// <param name="first">The lowest port.</param>
    /// <param name="last">The highest one.</param>
    /// <param name="metrics">Where to count; null: nowhere.</param>
    public PortPool(int first, int last, MetricRegistry? metrics = null)
    {
        (First, Last) = (first, last);
        _reserved = Math.Min(Math.Max(16, (last - first + 1) / 32), 128);
        _next = first + _reserved;
        _metrics = AllocatorMetrics.OfPorts(metrics, Read, last - first + 1);
    }

    public int First { get; }

    public int Last { get; }

    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>Somebody has it already, wherever it is. False: somebody else does.</summary>
    public bool Hold(int port, string owner)
    {
        lock (_lock)
        {
            return Contains(port) && (_owners.TryAdd(port, owner) || _owners[port] == owner);
        }
    }

    /// <summary>False when another service holds it.</summary>
    public bool TryTake(int port, string owner)
    {
        lock (_lock)
        {
            if (Contains(port) && _owners.TryGetValue(port, out var holder) && holder == owner)
            {
                return true;
            }

            var isTaken = Contains(port) && _owners.TryAdd(port, owner);
            _metrics.Count(isTaken, wasAskedFor: true);
            return isTaken;
        }
    }

    /// <summary>A free port, or null when there is none.</summary>
    public int? Next(string owner)
    {
        lock (_lock)
        {
            var port = Find(owner);
            _metrics.Count(port is not null, wasAskedFor: false);
            return port;
        }
    }

    public void Release(int port, string owner)
    {
        lock (_lock)
        {
            if (_owners.TryGetValue(port, out var holder) && holder == owner)
            {
                _owners.Remove(port);
            }
        }
    }

    private int Read()
    {
        lock (_lock)
        {
            return _owners.Count;
        }
    }

    private int? Find(string owner)
    {
        var start = First + _reserved;
        var upper = Math.Max(Last - start + 1, 0);
        for (var i = 0; i < upper; i++)
        {
            var port = start + ((_next - start + i) % upper);
            if (_owners.TryAdd(port, owner))
            {
                _next = port + 1;
                return port;
            }
        }

        for (var port = First; port < Math.Min(start, Last + 1); port++)
        {
            if (_owners.TryAdd(port, owner))
            {
                return port;
            }
        }

        return null;
    }
}
