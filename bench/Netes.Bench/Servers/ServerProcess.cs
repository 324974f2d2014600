using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Netes.Client;

namespace Netes.Bench.Servers;

/// <summary>
/// A <c>netes server</c> of our own, on loopback and without a node, in a folder of its own; killed and removed at the
/// end. What it writes is kept for the case that it fails.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly string _program;
    private readonly bool _ownsFolder;
    private readonly List<string> _log = [];
    private Process? _process;

    public ServerProcess(string program, string? folder = null)
    {
        _program = program;
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("netes-bench-").FullName;
    }

    public string Folder { get; }

    public int Port { get; private set; }

    public int Id => _process!.Id;

    public Uri Address => new($"https://127.0.0.1:{Port}");

    public string Kubeconfig => Path.Combine(Folder, "admin.kubeconfig");

    /// <summary>Starts it; returns how long it took until <c>/readyz</c> said ok.</summary>
    public async Task<TimeSpan> StartAsync(CancellationToken cancel)
    {
        Port = FreePort();
        var start = new ProcessStartInfo(_program,
        [
            "server", "--data-dir", Folder, "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--node-ip", "127.0.0.1", "--node-name", "bench", "--disable-agent",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var health = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        });
        long began = TimeProvider.System.GetTimestamp();
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} does not start");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!IsListening() || !await IsReadyAsync(health, cancel))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"the server is not ready:\n{Log()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), cancel);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>A connection in the administrator's name.</summary>
    public async Task<HttpTransport> ConnectAsync(CancellationToken cancel)
    {
        Kubeconfig config = await Client.Kubeconfig.ReadAsync(Kubeconfig, cancel);
        return new HttpTransport(config.ToTransport());
    }

    public TimeSpan Cpu() => ProcessFigures.Cpu(Id);

    /// <summary>Resident, of anonymous memory and all.</summary>
    public (double AnonymousMegabytes, double AllMegabytes) Memory() => ProcessFigures.Memory(Id);

    public string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log.TakeLast(40));
        }
    }

    /// <summary>By SIGKILL, at once: nothing of it runs when this returns.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    /// <summary>By SIGTERM; waits until it has ended.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            if (!process.HasExited)
            {
                Signals.Send(process.Id, Terminate);
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                try
                {
                    await process.WaitForExitAsync(patience.Token);
                }
                catch (OperationCanceledException)
                {
                    process.Kill();
                    await process.WaitForExitAsync(CancellationToken.None);
                }
            }

            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Asked of the kernel: a refused connection is an exception, and costs the cores that are
    /// measured.</summary>
    private bool IsListening()
    {
        const string Listening = " 0A ";
        string port = string.Create(CultureInfo.InvariantCulture, $":{Port:X4} ");
        return File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Any(
            line => line.Contains(port, StringComparison.Ordinal)
            && line.Contains(Listening, StringComparison.Ordinal));
    }

    private async Task<bool> IsReadyAsync(HttpClient health, CancellationToken cancel)
    {
        try
        {
            using HttpResponseMessage answer = await health.GetAsync(new Uri(Address, "/readyz"), cancel);

            // The file may be there from the process before, which had another port.
            return answer.StatusCode == HttpStatusCode.OK && File.Exists(Kubeconfig)
                && (await File.ReadAllTextAsync(Kubeconfig, cancel)).Contains($":{Port}", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // Not listening yet, which is what is asked.
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
                if (_log.Count > 1_000)
                {
                    _log.RemoveRange(0, 500);
                }
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
