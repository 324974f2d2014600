using System.Globalization;
using Netes.Simulation.Engine;
using Netes.Simulation.Mutations;

namespace Netes.Simulation.Runs;

/// <summary>
/// Runs seeds one after the other in this process and prints a line for each:
/// <c>work FIRST STEP COUNT MINUTES [MUTATION] [--trace]</c>.
/// </summary>
internal static class WorkCommand
{
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
        var mutation = arguments.Length > 4 && arguments[4] != "--trace" ? arguments[4] : "";
        for (var i = 0; i < count; i++)
        {
            var options = new SimulationOptions(first + (i * step), duration)
            {
                Trace = trace ? Console.WriteLine : null,
                Mutation = mutation.Length == 0 ? null : MutationList.Find(mutation),
            };
            Console.WriteLine(Simulation.Run(options));
        }

        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
