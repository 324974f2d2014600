namespace Netes.EndToEnd.Rollouts;

/// <summary>
/// One client of the app, which asks one thing at a time, on one connection or on a new one for each request.
/// An app may close a kept connection in the moment in which the next request comes. As every client that keeps
/// connections does, this one then asks once more on a new connection: only what came over a connection that had been
/// used before and was answered with nothing, not one byte (RFC 9110, 9.2.2). This is counted.
/// </summary>
internal sealed class Lane : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http;
    private readonly Uri _uri;
    private readonly bool _keep;
    private int _connections;

    public Lane(LoadEntry entry, bool keep)
    {
        (_uri, _keep) = (new Uri($"http://{entry.Address}/"), keep);
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (_, cancel) =>
            {
                _connections++;
                return entry.ConnectAsync(cancel);
            },
        })
        { Timeout = Limit };
    }

    public int Connections => _connections;

    public int SentAgain { get; private set; }

    /// <summary>The answer's head; its body is still to be read.</summary>
    public async Task<HttpResponseMessage> SendAsync()
    {
        var before = _connections;
        try
        {
            return await OnceAsync();
        }
        catch (HttpRequestException) when (_connections == before)
        {
            SentAgain++;
            return await OnceAsync();
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> OnceAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _uri);
        request.Headers.ConnectionClose = !_keep;
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
