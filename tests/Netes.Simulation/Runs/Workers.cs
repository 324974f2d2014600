using System.Diagnostics;
using System.Globalization;
using Netes.Simulation.Engine;

namespace Netes.Simulation.Runs;

/// <summary>One line of a worker about one seed.</summary>
internal sealed record SeedLine(string Text)
{
    public bool IsOk => Text.Contains(": ok ", StringComparison.Ordinal);

    public int WritesOfControllers => int.Parse(
        Text[..Text.IndexOf(" by controllers", StringComparison.Ordinal)].Split(' ')[^1], CultureInfo.InvariantCulture);

    public string Digest => Text[(Text.LastIndexOf("digest ", StringComparison.Ordinal) + 7)..].TrimEnd(']');
}

/// <summary>Shares seeds out to processes, one per processor: a simulation has one thread.</summary>
internal static class Workers
{
    /// <summary>The lines of all seeds, in the order in which they came; <paramref name="tell"/> gets each at
    /// once. With a stride other seeds are left out.</summary>
    public static async Task<IReadOnlyList<SeedLine>> RunAsync(
        int first, int seeds, TimeSpan duration, string mode, Action<string> tell, int stride = 1)
    {
        var workers = Math.Min(Environment.ProcessorCount, seeds);
        var lines = await Task.WhenAll(Enumerable.Range(0, workers).Select(index =>
        {
            var count = (seeds - index + workers - 1) / workers;
            return RunOneAsync(first + (index * stride), workers * stride, count, duration, mode, tell);
        }));
        return [.. lines.SelectMany(line => line)];
    }

    private static async Task<List<SeedLine>> RunOneAsync(
        int first, int step, int count, TimeSpan duration, string mode, Action<string> tell)
    {
        string[] numbers =
        [
            "work", Text(first), Text(step), Text(count), duration.TotalMinutes.ToString(CultureInfo.InvariantCulture),
        ];
        using var worker = Process.Start(SingleThread.Process(mode.Length == 0 ? numbers : [.. numbers, mode]))!;
        var lines = new List<SeedLine>();
        while (await worker.StandardOutput.ReadLineAsync() is { } line)
        {
            tell(line);
            if (line.StartsWith("seed ", StringComparison.Ordinal))
            {
                lines.Add(new SeedLine(line));
            }
        }

        await worker.WaitForExitAsync();
        return lines;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
