namespace Netes.Simulation.Checks;

/// <summary>The limits of one deployment: those that hold now, and those that held until lately.</summary>
internal sealed class RolloutLimits
{
    // For so long the controllers may still act on an earlier size.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    // What was available for a shorter time the controllers may not have heard of when they took it away: as Kubernetes
    // does, they clean up pods that are not ready, one of which may just become so.
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(15);

    private readonly List<(long Until, int Floor, int Ceiling)> _earlier = [];
    private int? _floor;
    private int _ceiling;
    private long? _reachedAt;
    private long? _shrankAt;

    /// <summary>The floor that was lost with the last count; null: none was.</summary>
    public int? Lost { get; private set; }

    public void Set(int floor, int ceiling, long now)
    {
        if (_floor is { } known && (known, _ceiling) != (floor, ceiling))
        {
            _earlier.Add((now, known, _ceiling));
        }

        (_floor, _ceiling) = (floor, ceiling);
    }

    /// <summary>
    /// Made smaller in the middle of a rollout, every set gives in proportion to its size, available pods or not: the
    /// floor must be reached anew. Source: pkg/controller/deployment/sync.go, scale.
    /// </summary>
    public void Shrank(long now) => _shrankAt = now;

    /// <summary>A pod was lost by no fault of the controllers: the floor must be reached anew.</summary>
    public void Excuse() => (_reachedAt, Lost) = (null, null);

    /// <summary>Once the floor was reached it must be kept. One that was raised must be reached anew.</summary>
    /// <param name="available">The pods that are available now.</param>
    /// <param name="gain">How many more that are than a moment before.</param>
    /// <param name="wanted">The floor that is asked for now.</param>
    /// <param name="time">The clock.</param>
    public void Count(int available, int gain, int wanted, TimeProvider time)
    {
        var floor = Recent(time).Select(limit => limit.Floor).Append(_floor ?? 0).Min();
        _reachedAt = available - gain < floor ? null : _reachedAt;
        if (_shrankAt is { } shrank && time.GetElapsedTime(shrank) <= Memory)
        {
            _reachedAt = null;
        }
        else if (available >= wanted)
        {
            _reachedAt ??= time.GetTimestamp();
        }

        Lost = available < floor && _reachedAt is { } since && time.GetElapsedTime(since) >= Hearing ? floor : null;
        _reachedAt = available < floor ? null : _reachedAt;
    }

    public int Ceiling(TimeProvider time) => Recent(time).Select(limit => limit.Ceiling).Append(_ceiling).Max();

    private List<(long Until, int Floor, int Ceiling)> Recent(TimeProvider time)
    {
        _earlier.RemoveAll(limit => time.GetElapsedTime(limit.Until) > Memory);
        return _earlier;
    }
}
