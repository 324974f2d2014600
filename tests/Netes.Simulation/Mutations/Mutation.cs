using Netes.Client;
using Netes.Simulation.Checks;
using Netes.Simulation.World;
using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>One thing that is broken on purpose, so that a checker has something to find.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Finds">What must be found.</param>
internal sealed record Mutation(string Name, Finding Finds)
{
    /// <summary>May be found instead: who waits for the broken thing is looked at sooner or later than it.</summary>
    public IReadOnlyList<Finding> Instead { get; init; } = [];

    /// <summary>Whose way to the server is changed; with a star at the end: of all whose names begin so.</summary>
    public string Program { get; init; } = "";

    public Func<IApiTransport, IApiTransport>? Transport { get; init; }

    /// <summary>Where people are, so that the broken thing is needed soon.</summary>
    public Room Room { get; init; }

    /// <summary>
    /// In ten minutes of this life, or of one of the next, people do what the broken thing is needed for.
    /// </summary>
    public int Seed { get; init; } = 3;

    /// <summary>Nodes fall silent, too, and pods are evicted; without, the rest is calm.</summary>
    public bool IsWild { get; init; }

    public Func<IStore, IStore>? Store { get; init; }

    /// <summary>The same, but of the store that is watched by the checkers.</summary>
    public Func<IStore, IStore>? Beneath { get; init; }

    /// <summary>So far ahead is the clock of the program.</summary>
    public TimeSpan Ahead { get; init; }

    public TimeProvider Clock(string program, TimeProvider time) =>
        program == Program && Ahead > TimeSpan.Zero ? new HastyClock(time, Ahead) : time;

    public IApiTransport Apply(string program, IApiTransport transport) =>
        Transport is not null && (program == Program
            || (Program.EndsWith('*') && program.StartsWith(Program[..^1], StringComparison.Ordinal)))
                ? Transport(transport)
                : transport;
}
