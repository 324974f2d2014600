namespace Netes.ApiServer.Services;

/// <summary>
/// The node ports and who holds them; a service may use one number for several protocols. The lower part is kept for
/// those who ask for a certain port (KEP-3668). Any thread.
/// </summary>
internal sealed class PortPool(int first, int last)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _owners = [];
    private readonly int _reserved = Math.Min(Math.Max(16, (last - first + 1) / 32), 128);
    private int _next = first + Math.Min(Math.Max(16, (last - first + 1) / 32), 128);

    public int First => first;

    public int Last => last;

    public bool Contains(int port) => port >= first && port <= last;

    /// <summary>False when another service holds it.</summary>
    public bool TryTake(int port, string owner)
    {
        lock (_lock)
        {
            return Contains(port) && (_owners.TryAdd(port, owner) || _owners[port] == owner);
        }
    }

    /// <summary>A free port, or null when there is none.</summary>
    public int? Next(string owner)
    {
        lock (_lock)
        {
            var start = first + _reserved;
            var upper = Math.Max(last - start + 1, 0);
            for (var i = 0; i < upper; i++)
            {
                var port = start + ((_next - start + i) % upper);
                if (_owners.TryAdd(port, owner))
                {
                    _next = port + 1;
                    return port;
                }
            }

            for (var port = first; port < Math.Min(start, last + 1); port++)
            {
                if (_owners.TryAdd(port, owner))
                {
                    return port;
                }
            }

            return null;
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
}
