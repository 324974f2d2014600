using Netes.Bench.Load;
using Netes.Bench.Servers;
using Netes.Client;

namespace Netes.Bench.Runs;

/// <summary>
/// What the whole process allocates for one write of a pod of 10 KB, from the call to the watch cache, as a multiple of
/// what is stored.
/// </summary>
internal static class Allocations
{
    private const int Bytes = 10 << 10;
    private const int Operations = 1_000;

    public static async Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        await using InnerServer server = await InnerServer.StartAsync(cancel);
        byte[][] pods = [.. Enumerable.Range(0, Operations + 200).Select(
            i => Objects.LargePod("run", $"pod-{i}", "hollow-00000", Bytes))];
        double stored = 0;
        await MeasureAsync("allocation.create", i => new ApiRequest(HttpMethod.Post, Objects.Pods) { Body = pods[i] });
        await MeasureAsync("allocation.patch", i => new ApiRequest(HttpMethod.Patch, $"{Objects.Pods}/pod-{i % 100}")
        {
            Body = Objects.Label(i),
            ContentType = MediaTypes.MergePatch,
        });
        await MeasureAsync(
            "allocation.patch.status",
            i => new ApiRequest(HttpMethod.Patch, $"{Objects.Pods}/pod-{i % 100}/status")
            {
                Body = Status(i),
                ContentType = MediaTypes.StrategicMergePatch,
            });
        return;

        async Task MeasureAsync(string measure, Func<int, ApiRequest> request)
        {
            ApiRequest[] requests = [.. Enumerable.Range(0, Operations + 200).Select(request)];
            foreach (ApiRequest warm in requests.AsSpan(0, 200).ToArray())
            {
                await using ApiResponse ignored = await server.SendAsync(warm, cancel);
            }

            if (stored == 0)
            {
                var get = new ApiRequest(HttpMethod.Get, $"{Objects.Pods}/pod-0");
                await using ApiResponse one = await server.SendAsync(get, cancel);
                stored = (await one.ReadAllAsync(1 << 20, cancel)).Length;
            }

            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 200; i < requests.Length; i++)
            {
                await using ApiResponse ignored = await server.SendAsync(requests[i], cancel);
            }

            double each = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Operations;
            context.Add(measure, each / stored);
        }
    }

    private static byte[] Status(int i)
    {
        string ready = i / 100 % 2 == 0 ? "True" : "False";
        return Objects.Utf8(
            $$$"""
            {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"{{{ready}}}",
            "lastTransitionTime":"{{{Objects.Now()}}}"}]}}
            """);
    }
}
