using System.Globalization;
using Netes.Simulation.Engine;
using Netes.Simulation.Mutations;

namespace Netes.Simulation.Runs;

/// <summary>
/// Runs seeds one after the other in this process and prints a line for each:
/// <c>work FIRST STEP COUNT MINUTES [MUTATION] [--trace | --writers]</c>; or one seed again and again, each time with a
/// crash of the controllers before (odd numbers) or after (even ones) another write of theirs:
/// <c>... --crashes-of=SEED</c>; or what is broken on purpose: <c>... --mutations | --tamperings</c>.
/// </summary>
internal static class WorkCommand
{
    /// <summary>The argument that asks for crashes, before the seed.</summary>
    public const string CrashesOf = "--crashes-of=";

    /// <summary>The argument that asks who wrote what, before each seed's line.</summary>
    public const string Writers = "--writers";

    /// <summary>What each such line begins with.</summary>
    public const string Wrote = "writes ";

    public static int Run(string[] arguments)
    {
        if (!SingleThread.IsHere)
        {
            Console.Error.WriteLine("a worker is started by sim or by the tests: its thread pool must have one thread");
            return 2;
        }

        var (first, step, count) = (Number(arguments[0]), Number(arguments[1]), Number(arguments[2]));
        var duration = TimeSpan.FromMinutes(double.Parse(arguments[3], CultureInfo.InvariantCulture));
        var trace = arguments.Contains("--trace");
        var crashes = arguments.FirstOrDefault(argument => argument.StartsWith(CrashesOf, StringComparison.Ordinal));
        var mutation = arguments.Skip(4).FirstOrDefault(argument => argument[0] != '-');
        var found = new HashSet<Checks.Finding>();
        for (var i = 0; i < count; i++)
        {
            var number = first + (i * step);
            if (arguments.Contains(Proofs.Mutations))
            {
                Proofs.Break(MutationList.All[number - 1], duration, Console.WriteLine);
                continue;
            }

            if (arguments.Contains(Proofs.Tamperings))
            {
                Proofs.Tamper(number, duration, found, Console.WriteLine);
                continue;
            }

            var seed = crashes is null ? number : Number(crashes[CrashesOf.Length..]);
            var options = new SimulationOptions(seed, duration)
            {
                Trace = trace ? Console.WriteLine : null,
                Mutation = mutation is null ? null : MutationList.Find(mutation),
                CrashAtWrite = crashes is null ? 0 : (number + 1) / 2,
                CrashAfter = crashes is not null && number % 2 == 0,
            };
            var result = Simulation.Run(options);
            if (arguments.Contains(Writers))
            {
                foreach (var (kind, writes) in result.KindsOfWrites)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Wrote}{writes,6} {kind}"));
                }
            }

            Console.WriteLine(result);
        }

        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
