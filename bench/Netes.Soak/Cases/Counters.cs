using System.Text;
using Netes.Bench.Load;
using Netes.Bench.Servers;
using Netes.Client;

namespace Netes.Soak.Cases;

/// <summary>
/// One counter, 64 clients that read it and write it one higher, and a server that stands still at times.
/// </summary>
internal static class Counters
{
    private const int Clients = 64;
    private const int Stop = 19;
    private const int Continue = 18;
    private const string Path = $"{Objects.ConfigMaps}/counter";

    public static async Task<string> RunAsync(SoakOptions options, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("netes-soak-").FullName;
        try
        {
            await using var server = new SoakServer(options.Program, folder);
            await server.StartAsync(cancel);
            await server.EnsureNamespaceAsync(cancel);
            await server.Load.CreateAsync(0, Objects.ConfigMaps, Body(0, ""), cancel);
            return await CountAsync(server, TimeSpan.FromSeconds(options.Short ? 6 : 60), cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> CountAsync(SoakServer server, TimeSpan time, CancellationToken cancel)
    {
        int won = 0, lost = 0, pauses = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(i => Task.Run(() => CompeteAsync(i), cancel))];
        var random = new Random(1);
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 2_000)), cancel);
            Signals.Send(server.Process.Id, Stop);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 3_000)), cancel);
            Signals.Send(server.Process.Id, Continue);
            pauses++;
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);
        (int counted, _) = Read(await server.Load.ReadAsync(Path, cancel));
        Ledger.Invariant(counted == won, $"the counter is {counted}, and {won} writes were acknowledged");
        return $"{won} acknowledged and counted, {lost} conflicts, {pauses} pauses";

        async Task CompeteAsync(int client)
        {
            HttpTransport connection = server.Connections[client % server.Connections.Count];
            while (!end.IsCancellationRequested)
            {
                (int count, string revision) = Read(await server.Load.ReadAsync(Path, cancel));
                var request = new ApiRequest(HttpMethod.Put, Path) { Body = Body(count + 1, revision) };
                await using ApiResponse response = await connection.SendAsync(request, cancel);
                string text = Encoding.UTF8.GetString((await response.ReadAllAsync(1 << 20, cancel)).Span);
                Ledger.Invariant(response.StatusCode is 200 or 409, $"an answer of {response.StatusCode}: {text}");
                Interlocked.Increment(ref response.StatusCode == 200 ? ref won : ref lost);
            }
        }
    }

    private static byte[] Body(int count, string revision) => Objects.Utf8(
        $$$"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"counter","resourceVersion":"{{{revision}}}"},
        "data":{"count":"{{{count}}}"} }
        """);

    private static (int Count, string Revision) Read(byte[] answer)
    {
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        string count = json.RootElement.GetProperty("data").GetProperty("count").GetString()!;
        return (int.Parse(count, System.Globalization.CultureInfo.InvariantCulture),
            json.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!);
    }
}
