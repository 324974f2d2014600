using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Netes.EndToEnd.Tools;

/// <summary>The administrator on the wire: for what has to be quicker than a kubectl per request.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    private ApiClient(HttpClient http) => _http = http;

    public static async Task<ApiClient> OfAsync(Kubectl kubectl)
    {
        using var config = JsonDocument.Parse(
            await kubectl.OutputAsync("config", "view", "--raw", "--minify", "-o", "json"));
        var cluster = config.RootElement.GetProperty("clusters")[0].GetProperty("cluster");
        var user = config.RootElement.GetProperty("users")[0].GetProperty("user");
        string Pem(JsonElement of, string name) => Encoding.UTF8.GetString(of.GetProperty(name).GetBytesFromBase64());
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [X509Certificate2.CreateFromPem(
                    Pem(user, "client-certificate-data"), Pem(user, "client-key-data"))],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509Certificate2.CreateFromPem(Pem(cluster, "certificate-authority-data")) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        return new(new HttpClient(handler)
        {
            BaseAddress = new Uri(cluster.GetProperty("server").GetString()!),
            Timeout = TimeSpan.FromSeconds(60),
        });
    }

    /// <summary>The answer; null when the connection broke, so that nobody knows what became of the request.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)?> TryAsync(
        HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
            {
                request.Content = new StringContent(body, new MediaTypeHeaderValue(type));
            }

            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            using var json = JsonDocument.Parse(text);
            return (answer.StatusCode, json.RootElement.Clone());
        }
        catch (Exception error) when (
            error is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
