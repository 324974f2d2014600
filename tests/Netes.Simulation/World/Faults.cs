namespace Netes.Simulation.World;

/// <summary>How bad the world is; all chances are between 0 and 1.</summary>
internal sealed record FaultOptions
{
    /// <summary>A request never arrives.</summary>
    public double LostRequest { get; init; }

    /// <summary>A write is done, but its author never hears of it.</summary>
    public double LostAnswer { get; init; }

    /// <summary>A write is told that somebody else was faster.</summary>
    public double Conflict { get; init; }

    /// <summary>An answer or an event takes long.</summary>
    public double Late { get; init; }

    /// <summary>An event of a watch comes twice.</summary>
    public double Repeated { get; init; }

    /// <summary>A watch breaks off; what happens until the next one must not be lost.</summary>
    public double BrokenWatch { get; init; }

    /// <summary>Nodes fall silent, pods fail, and people delete pods and nodes.</summary>
    public bool Losses { get; init; }

    /// <summary>Only what must never cost a pod of a rollout.</summary>
    public static FaultOptions Calm { get; } = new()
    {
        LostRequest = 0.01, Conflict = 0.02, Late = 0.05, Repeated = 0.05, BrokenWatch = 0.01,
    };

    /// <summary>Everything.</summary>
    public static FaultOptions Wild { get; } = Calm with { LostAnswer = 0.01, Losses = true };
}

/// <summary>Draws the faults of one run; silent once <see cref="Stop"/> was called.</summary>
internal sealed class Faults(FaultOptions options, Random random, TimeProvider time)
{
    private bool _stopped;

    public FaultOptions Options => options;

    public void Stop() => _stopped = true;

    public bool LosesRequest() => Happens(options.LostRequest);

    public bool LosesAnswer() => Happens(options.LostAnswer);

    public bool Conflicts() => Happens(options.Conflict);

    public bool Repeats() => Happens(options.Repeated);

    public bool BreaksWatch() => Happens(options.BrokenWatch);

    /// <summary>The way takes its time: mostly none, often a little, sometimes seconds.</summary>
    public async ValueTask TravelAsync(CancellationToken cancel)
    {
        var wait = Happens(options.Late) ? random.Next(500, 4000)
            : random.Next(4) == 0 ? random.Next(1, 40)
            : 0;
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), time, cancel);
        }
    }

    private bool Happens(double chance) => !_stopped && chance > 0 && random.NextDouble() < chance;
}
