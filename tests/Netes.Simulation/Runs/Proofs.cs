using Netes.Simulation.Checks;
using Netes.Simulation.Mutations;

namespace Netes.Simulation.Runs;

/// <summary>Lives in which something is broken on purpose, and what the checkers found of it.</summary>
internal static class Proofs
{
    /// <summary>The argument that asks for mutations, by their numbers from 1 instead of seeds.</summary>
    public const string Mutations = "--mutations";

    /// <summary>The argument that asks for tampering with the end of each life.</summary>
    public const string Tamperings = "--tamperings";

    /// <summary>What each line begins with that tells of something found.</summary>
    public const string Found = "found ";

    // In some lives nobody does what the broken thing is needed for: others are tried.
    private const int Lives = 12;

    /// <summary>Lives with the mutation until it is found.</summary>
    public static void Break(Mutation mutation, TimeSpan duration, Action<string> tell)
    {
        for (var seed = mutation.Seed; seed < mutation.Seed + Lives; seed++)
        {
            var result = Simulation.Run(new SimulationOptions(seed, duration) { Mutation = mutation });
            tell($"{mutation.Name}: {result}");
            if (mutation.Instead.Append(mutation.Finds)
                .Any(finding => result.Violation?.StartsWith($"{finding}: ", StringComparison.Ordinal) == true))
            {
                tell(Found + mutation.Name);
                return;
            }
        }
    }

    /// <summary>Lives, and changes in the end what was not found yet.</summary>
    public static void Tamper(int seed, TimeSpan duration, HashSet<Finding> found, Action<string> tell)
    {
        var result = Simulation.Run(new SimulationOptions(seed, duration)
        {
            Inspect = (mirror, now) =>
            {
                foreach (var tampering in TamperingList.All.Where(tampering => !found.Contains(tampering.Finds)))
                {
                    if (tampering.IsFound(mirror, now) && found.Add(tampering.Finds))
                    {
                        tell($"{Found}{tampering.Finds}");
                    }
                }
            },
        });
        tell(result.ToString());
    }
}
