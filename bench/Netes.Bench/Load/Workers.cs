namespace Netes.Bench.Load;

/// <summary>A number of operations shared out to workers, each one's time kept.</summary>
internal static class Workers
{
    public static async Task<Timing> RunAsync(
        int count, int workers, Func<int, int, Task> operation, CancellationToken cancel)
    {
        var milliseconds = new double[count];
        int next = -1;
        long began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => Work(worker), cancel)));
        TimeSpan took = TimeProvider.System.GetElapsedTime(began);
        Array.Sort(milliseconds);
        return new Timing(count, took.TotalSeconds, milliseconds);

        async Task Work(int worker)
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                long start = TimeProvider.System.GetTimestamp();
                await operation(worker, i);
                milliseconds[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            }
        }
    }
}

/// <param name="Count">Operations done.</param>
/// <param name="Seconds">From the first to the last.</param>
/// <param name="SortedMilliseconds">Of each.</param>
internal sealed record Timing(int Count, double Seconds, double[] SortedMilliseconds)
{
    public double PerSecond => Count / Seconds;

    public double Percentile(double part) => SortedMilliseconds[(int)(part * (SortedMilliseconds.Length - 1))];
}
