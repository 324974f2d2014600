using System.Buffers;
using System.Text;
using Netes.Api.Telemetry;

namespace Netes.Tests.ControlPlane;

/// <summary>What a scraper reads.</summary>
internal static class Measured
{
    public static string Text(MetricRegistry registry)
    {
        var output = new ArrayBufferWriter<byte>();
        registry.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The value of a series, as it is written; null: there is none.</summary>
    public static string? Value(MetricRegistry registry, string series) => Text(registry).Split('\n')
        .FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal))?[(series.Length + 1)..];

    /// <summary>What is counted after a write is seen a little later than the write.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestCluster.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
