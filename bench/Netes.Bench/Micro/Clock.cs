namespace Netes.Bench.Micro;

/// <summary>
/// Time and allocation of one small operation: the best of a few rounds, for the machine has other work.
/// </summary>
internal static class Clock
{
    private const int Rounds = 5;

    public static void Measure(BenchContext context, string name, int count, Action operation)
    {
        Repeat(count / 2, operation);
        double best = double.MaxValue;
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long began = TimeProvider.System.GetTimestamp();
            Repeat(count, operation);
            best = Math.Min(best, TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / count);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        context.Add($"micro.{name}", best);
        context.Add($"micro.{name}.bytes", (double)allocated / count);
    }

    /// <summary>The same for what other threads take part in.</summary>
    public static async Task MeasureAsync(BenchContext context, string name, int count, Func<int, Task> operations)
    {
        await operations(count / 2);
        double best = double.MaxValue;
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long began = TimeProvider.System.GetTimestamp();
            await operations(count);
            best = Math.Min(best, TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / count);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        context.Add($"micro.{name}", best);
        context.Add($"micro.{name}.bytes", (double)allocated / count);
    }

    private static void Repeat(int count, Action operation)
    {
        for (int i = 0; i < count; i++)
        {
            operation();
        }
    }
}
