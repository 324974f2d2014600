using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Netes.Tests.ApiServer;

/// <summary>Plain HTTP to the server under test: what is sent and what comes back can be seen.</summary>
public sealed class TestClient : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly string _url;

    public TestClient(string url, X509Certificate2? certificate)
    {
        _url = url;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            EnableMultipleHttp2Connections = true,
            SslOptions = new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        _http = new(handler);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, byte[]? body = null, string contentType = "application/json", string accept = "")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), _url + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status code and the JSON of an answer.</summary>
    public async Task<(int Code, JsonElement Json)> CallAsync(
        string method, string path, string? body = null, string contentType = "application/json", string accept = "")
    {
        using var response = await SendAsync(
            method, path, body is null ? null : Encoding.UTF8.GetBytes(body), contentType, accept);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode,
            text.Length > 0 && text[0] == '{' ? JsonDocument.Parse(text).RootElement : default);
    }

    /// <summary>The JSON of an answer that must be a success.</summary>
    public async Task<JsonElement> OkAsync(
        string method, string path, string? body = null, string contentType = "application/json", string accept = "")
    {
        var (code, json) = await CallAsync(method, path, body, contentType, accept);
        Assert.True(code is >= 200 and < 300, $"{method} {path}: {code} {json}");
        return json;
    }

    /// <summary>The events of a watch, as they come.</summary>
    public async Task<WatchReader> WatchAsync(string path, string accept = "")
    {
        var response = await SendAsync("GET", path, accept: accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>Reads a watch line by line.</summary>
public sealed class WatchReader(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly StreamReader _lines = new(stream);

    /// <summary>The next event, or null when the watch has ended.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        var line = await _lines.ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        return line is null ? null : JsonDocument.Parse(line).RootElement;
    }

    /// <summary>The next event as <c>TYPE name</c>.</summary>
    public async Task<string> NextTextAsync()
    {
        var next = await NextAsync();
        if (next is not { } change)
        {
            return "END";
        }

        var metadata = change.GetProperty("object").GetProperty("metadata");
        return $"{change.GetProperty("type").GetString()} "
            + (metadata.TryGetProperty("name", out var name) ? name.GetString() : "-");
    }

    public void Dispose()
    {
        _lines.Dispose();
        response.Dispose();
    }
}
