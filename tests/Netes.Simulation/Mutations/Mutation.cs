using Netes.Client;
using Netes.Simulation.World;
using Netes.Store;

namespace Netes.Simulation.Mutations;

/// <summary>One thing that is broken on purpose, so that a checker has something to find.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Words">Part of the violation that must be found.</param>
internal sealed record Mutation(string Name, string Words)
{
    /// <summary>Whose way to the server is changed; with a star at the end: of all whose names begin so.</summary>
    public string Program { get; init; } = "";

    public Func<IApiTransport, IApiTransport>? Transport { get; init; }

    /// <summary>Where people are, so that the broken thing is needed soon.</summary>
    public Room Room { get; init; }

    /// <summary>
    /// In ten minutes of this life, or of one of the next, people do what the broken thing is needed for.
    /// </summary>
    public int Seed { get; init; } = 3;

    public Func<IStore, IStore>? Store { get; init; }

    public IApiTransport Apply(string program, IApiTransport transport) =>
        Transport is not null && (program == Program
            || (Program.EndsWith('*') && program.StartsWith(Program[..^1], StringComparison.Ordinal)))
                ? Transport(transport)
                : transport;
}
