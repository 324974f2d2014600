namespace Netes.ControlPlane;

/// <summary>
/// Does something many times in growing batches (1, 2, 4 …), so that what fails every time fails once and not a
/// thousand times. Source: pkg/controller/replicaset/replica_set.go, slowStartBatch.
/// </summary>
internal static class SlowStart
{
    /// <summary>Source: pkg/controller/statefulset/stateful_set_control.go, MaxBatchSize.</summary>
    private const int MaxBatchSize = 500;

    /// <returns>How many succeeded, and the first failure.</returns>
    public static async Task<(int Succeeded, Exception? Failure)> RunAsync(
        int count, Func<int, Task> action)
    {
        var succeeded = 0;
        var next = 0;
        for (var batch = 1; next < count; batch = Math.Min(batch * 2, MaxBatchSize))
        {
            var size = Math.Min(batch, count - next);
            var failures = await Task.WhenAll(Enumerable.Range(next, size).Select(index => TryAsync(index, action)));
            next += size;
            succeeded += failures.Count(failure => failure is null);
            if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            {
                return (succeeded, first);
            }
        }

        return (succeeded, null);
    }

    private static async Task<Exception?> TryAsync(int index, Func<int, Task> action)
    {
        try
        {
            await action(index);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
