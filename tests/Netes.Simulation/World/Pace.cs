namespace Netes.Simulation.World;

/// <summary>How often something is done to a cluster.</summary>
internal sealed record Pace
{
    /// <summary>People do one thing after a time between these two.</summary>
    public required (TimeSpan Min, TimeSpan Max) ActAfter { get; init; }

    /// <summary>Mean time between crashes of the server, the controllers, the scheduler or nodes.</summary>
    public required TimeSpan CrashEvery { get; init; }

    /// <summary>Mean time between compactions, which make watches that break off begin anew.</summary>
    public required TimeSpan CompactEvery { get; init; }

    /// <summary>It lasts for a time between these two.</summary>
    public required (TimeSpan Min, TimeSpan Max) Lasts { get; init; }

    /// <summary>One thing follows on the other before that is done.</summary>
    public static Pace Busy { get; } = new()
    {
        ActAfter = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
        CrashEvery = TimeSpan.FromSeconds(90),
        CompactEvery = TimeSpan.FromSeconds(60),
        Lasts = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)),
    };

    /// <summary>Mostly nothing: what only comes about with time has the time to.</summary>
    public static Pace Quiet { get; } = new()
    {
        ActAfter = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20)),
        CrashEvery = TimeSpan.FromMinutes(30),
        CompactEvery = TimeSpan.FromMinutes(15),
        Lasts = (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(80)),
    };
}
