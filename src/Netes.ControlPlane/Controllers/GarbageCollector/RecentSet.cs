namespace Netes.ControlPlane;

/// <summary>The last so many texts. Thread-safe.</summary>
internal sealed class RecentSet(int capacity)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    public void Add(string text)
    {
        lock (_lock)
        {
            if (!_known.Add(text))
            {
                return;
            }

            _order.Enqueue(text);
            if (_order.Count > capacity)
            {
                _known.Remove(_order.Dequeue());
            }
        }
    }

    public bool Contains(string text)
    {
        lock (_lock)
        {
            return _known.Contains(text);
        }
    }
}
