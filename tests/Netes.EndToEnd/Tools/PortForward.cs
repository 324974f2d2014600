using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Netes.EndToEnd.Tools;

/// <summary>A running <c>kubectl port-forward</c>; ends with the test.</summary>
public sealed partial class PortForward : IAsyncDisposable
{
    private readonly Process _process;

    private PortForward(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<PortForward> StartAsync(Kubectl kubectl, string target, int port)
    {
        var process = kubectl.Start("port-forward", target, $":{port}");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var line = await process.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(limit.Token));
        return new(process, int.Parse(Local().Match(line).Groups[1].Value));
    }

    public async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}{path}"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Local();
}
