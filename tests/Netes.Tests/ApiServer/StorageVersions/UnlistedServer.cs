using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.ApiServer;
using Netes.Client;
using Netes.Host;
using Netes.Store;
using Netes.Store.Memory;
using Netes.Tests.ControlPlane;

namespace Netes.Tests.ApiServer.StorageVersions;

/// <summary>A server with StorageVersionAPI on that does not serve the API: it never comes to listen.</summary>
internal sealed class UnlistedServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStore _store = new(new HistoryOptions(), TimeProvider.System);
    private readonly LineWatcher _log = new("storage.k8s.io.volumeattributesclasses");
    private readonly X509Certificate2 _certificate;
    private readonly Netes.ApiServer.ApiServer _server;
    private readonly Task _running;

    public UnlistedServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var options = new ApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServerCertificate = () => _certificate,
            Features = FeatureGates.Parse("StorageVersionAPI=true").Gates,
        };
        _server = new(options, _store, TimeProvider.System, _log);
        Client = ControlPlaneParts.Client(_server, "admin", "system:masters");
        _running = _server.RunAsync(_stop.Token);
    }

    public KubernetesClient Client { get; }

    public bool IsListening => _server.Listening.IsCompleted;

    /// <summary>Ends when the last record could not be written.</summary>
    public Task FailedAsync() => _log.Seen.WaitAsync(TimeSpan.FromSeconds(60), TestCluster.Cancel);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _store.DisposeAsync();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private sealed class LineWatcher(string wanted) : ILoggerFactory, ILogger
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains(wanted, StringComparison.Ordinal))
            {
                _seen.TrySetResult();
            }
        }

        public void Dispose() => _seen.TrySetCanceled();
    }
}
