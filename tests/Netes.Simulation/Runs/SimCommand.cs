using System.Diagnostics;
using System.Globalization;

namespace Netes.Simulation.Runs;

/// <summary>
/// Runs many seeds and says which broke a promise:
/// <c>sim [--seeds N] [--seed S] [--hours H] [--trace | --writers]</c>; or one seed again for each write of its
/// controllers, with a crash around it: <c>sim --every-write [--seed S] [--hours H]</c>.
/// </summary>
internal static class SimCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var hours = double.Parse(Option(arguments, "--hours") ?? "1", CultureInfo.InvariantCulture);
        var one = Option(arguments, "--seed");
        var seeds = one is null ? int.Parse(Option(arguments, "--seeds") ?? "200", CultureInfo.InvariantCulture) : 1;
        var first = one is null ? 1 : int.Parse(one, CultureInfo.InvariantCulture);
        var started = Stopwatch.GetTimestamp();
        var (runs, mode) = (seeds, arguments.FirstOrDefault(static argument =>
            argument is "--trace" or WorkCommand.Writers) ?? "");
        if (arguments.Contains("--every-write"))
        {
            var whole = await Workers.RunAsync(first, 1, TimeSpan.FromHours(hours), "", Console.WriteLine);
            (runs, mode) = (2 * whole[0].WritesOfControllers, $"{WorkCommand.CrashesOf}{first}");
            (first, seeds) = (1, runs);
        }

        var results = await Workers.RunAsync(
            first, runs, TimeSpan.FromHours(hours), mode,
            line =>
            {
                if (runs == 1 || line.Contains("VIOLATION", StringComparison.Ordinal))
                {
                    Console.WriteLine(line);
                }
            });
        var broken = results.Count(result => !result.IsOk);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{results.Count} lives, {hours} h each, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: "
            + $"{broken} broke a promise"));
        return broken == 0 && results.Count == seeds ? 0 : 1;
    }

    private static string? Option(string[] arguments, string name)
    {
        var index = Array.IndexOf(arguments, name);
        return index >= 0 && index + 1 < arguments.Length ? arguments[index + 1] : null;
    }
}
