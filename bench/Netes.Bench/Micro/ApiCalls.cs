using Netes.Bench.Load;
using Netes.Bench.Servers;
using Netes.Client;

namespace Netes.Bench.Micro;

/// <summary>Calls of the API without a wire: what is left is authorization, the cache, and splicing bytes.</summary>
internal static class ApiCalls
{
    public static async Task RunAsync(BenchContext context, CancellationToken cancel)
    {
        await using InnerServer server = await InnerServer.StartAsync(cancel);
        await Workers.RunAsync(1_000, 64, (_, i) => SendAsync(server, new(HttpMethod.Post, Objects.ConfigMaps)
        {
            Body = Objects.ConfigMap("run", $"map-{i}"),
        }, cancel), cancel);
        var get = new ApiRequest(HttpMethod.Get, $"{Objects.ConfigMaps}/map-500");
        await Clock.MeasureAsync(context, "api.get", context.Count(20_000), count => RepeatAsync(count, get));
        var list = new ApiRequest(HttpMethod.Get, Objects.ConfigMaps);
        await Clock.MeasureAsync(context, "api.list.1000", context.Count(500), count => RepeatAsync(count, list));
        await WatchAsync(context, server, cancel);

        async Task RepeatAsync(int count, ApiRequest request)
        {
            for (int i = 0; i < count; i++)
            {
                await SendAsync(server, request, cancel);
            }
        }
    }

    /// <summary>One patch, and the event of it in each of a hundred watches: the time of one event.</summary>
    private static async Task WatchAsync(BenchContext context, InnerServer server, CancellationToken cancel)
    {
        const int Watchers = 100;
        const string Path = $"{Objects.ConfigMaps}?watch=1&resourceVersion=0&fieldSelector=metadata.name%3Dmap-1";
        var open = new List<ApiResponse>();
        for (int i = 0; i < Watchers; i++)
        {
            open.Add(await server.SendAsync(new(HttpMethod.Get, Path), cancel));
        }

        int next = 0;
        await ReadAsync(1);
        await Clock.MeasureAsync(context, "watch.event", context.Count(500) * Watchers, async count =>
        {
            Task reading = ReadAsync(count / Watchers);
            for (int i = 0; i < count / Watchers; i++)
            {
                await SendAsync(server, new(HttpMethod.Patch, $"{Objects.ConfigMaps}/map-1")
                {
                    Body = Objects.Label(next++),
                    ContentType = MediaTypes.MergePatch,
                }, cancel);
            }

            await reading;
        });
        foreach (ApiResponse watch in open)
        {
            await watch.DisposeAsync();
        }

        Task ReadAsync(int events) => Task.WhenAll(open.Select(async watch =>
        {
            var buffer = new byte[16 << 10];
            for (int seen = 0; seen < events;)
            {
                seen += buffer.AsSpan(0, await watch.Body.ReadAsync(buffer, cancel)).Count((byte)'\n');
            }
        }));
    }

    private static async Task SendAsync(InnerServer server, ApiRequest request, CancellationToken cancel)
    {
        await using ApiResponse ignored = await server.SendAsync(request, cancel);
    }
}
