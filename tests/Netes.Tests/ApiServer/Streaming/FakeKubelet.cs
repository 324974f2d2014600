using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Netes.Tests.ApiServer.Streaming;

/// <summary>
/// What a node agent's port looks like from outside: TLS, one answer per connection as the test wants it, and
/// everything that arrived, for the test to see.
/// </summary>
public sealed class FakeKubelet : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SslServerAuthenticationOptions _tls;
    private readonly string _answer;
    private readonly MemoryStream _received = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    public FakeKubelet(ServerFixture server, string answer)
    {
        _answer = answer;
        _tls = new()
        {
            ServerCertificate = server.Pki.EnsureNodeServer("fake", [IPAddress.Loopback]).Load(),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                ClientSubject = certificate?.Subject ?? "";
                return true;
            },
        };
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends when a connection was closed from the other side.</summary>
    public Task Closed => _closed.Task;

    public string ClientSubject { get; private set; } = "";

    /// <summary>Everything that came in so far.</summary>
    public string Received
    {
        get
        {
            lock (_received)
            {
                return Encoding.Latin1.GetString(_received.ToArray());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // The test has ended.
            return;
        }
    }

    // After the head of the request comes the answer; after an answer of 101, each byte goes back as it came.
    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(_tls, _stop.Token);
            await EchoAsync(stream);
        }
        finally
        {
            // A connection may end with a reset as well.
            _closed.TrySetResult();
        }
    }

    private async Task EchoAsync(SslStream stream)
    {
        var buffer = new byte[4096];
        var isAnswered = false;
        int read;
        while ((read = await stream.ReadAsync(buffer, _stop.Token)) > 0)
        {
            lock (_received)
            {
                _received.Write(buffer, 0, read);
            }

            if (isAnswered)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
            else if (Received.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                isAnswered = true;
                await stream.WriteAsync(Encoding.Latin1.GetBytes(_answer), _stop.Token);
            }
        }
    }
}
