using System.Net;
using Netes.Api;
using Netes.ApiServer.Authentication;
using Netes.ApiServer.Rendering;
using Netes.ApiServer.Streaming;

namespace Netes.ApiServer.Aggregation;

/// <summary>Carries requests to aggregated servers, in the users' names and in the aggregator's own.</summary>
internal sealed class RemoteRequests(HttpProxy proxy, ServiceResolver resolver)
{
    // The greatest document of discovery or OpenAPI that is taken from a server.
    private const int MaxDocumentBytes = 16 << 20;

    /// <summary>The server's answer; what keeps it from answering is said as kube-aggregator says it, in
    /// text.</summary>
    public async Task<ApiResult> ForwardAsync(
        RequestContext request, RemoteService service, CancellationToken cancel)
    {
        if (!service.IsAvailable
            || resolver.Resolve(service.Service.Namespace, service.Service.Name, service.Port, out _)
                is not var (host, port))
        {
            return Refuse("service unavailable", 503);
        }

        try
        {
            var peer = service.Trusted with { Headers = RemoteUser.Headers(request.User) };
            var path = Escaped(request.Info.Path);
            var query = request.Query.Text;
            var target = new ProxyTarget(host, port, true, query.Length == 0 ? path
                : $"{path}?{query}") { Peer = peer };
            var answer = await proxy.ForwardAsync(request, target, cancel);
            return answer.StatusCode is >= 300 and < 400 && answer.Headers.Contains("Location")
                ? Refuse("the backend attempted to redirect this request, which is not permitted", 502)
                : answer;
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            return Refuse(exception.Message, 500);
        }
        catch (ApiException exception)
        {
            return Refuse($"error trying to reach service: {Plain(exception.Status.Message)}", 503);
        }
    }

    /// <summary>Asks in the aggregator's own name. Failures to get an answer are <see cref="ApiException"/>s.</summary>
    public async Task<(int Code, byte[] Body)> GetAsync(
        RemoteService service, string path, string accept, CancellationToken cancel)
    {
        if (resolver.Resolve(service.Service.Namespace, service.Service.Name, service.Port, out var error)
            is not var (host, port))
        {
            throw ApiErrors.ServiceUnavailable(error);
        }

        var call = new ApiCall { Method = "GET", Path = path, Headers = new ApiHeaders().Add("Accept", accept) };
        var peer = service.Unverified with { Headers = RemoteUser.Headers(RemoteUser.Aggregator) };
        using var response = await proxy.SendAsync(call, new(host, port, true, path) { Peer = peer }, cancel);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return ((int)response.StatusCode, []);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxDocumentBytes)
            {
                throw ApiErrors.ServiceUnavailable($"the answer to {path} is greater than {MaxDocumentBytes} bytes");
            }
        }

        return (200, bytes.ToArray());
    }

    /// <summary>The address that is asked, for messages: the cluster's name for it.</summary>
    public static string Url(RemoteService service, string path) =>
        $"https://{service.Service.Name}.{service.Service.Namespace}.svc:{service.Port}{path}";

    /// <summary>What went wrong, as Go's dialer says it.</summary>
    public static string Plain(string message) =>
        message.Replace("Internal error occurred: ", "", StringComparison.Ordinal)
            .Replace("error dialing backend: ", "", StringComparison.Ordinal)
            .Replace("error trying to reach service: ", "", StringComparison.Ordinal);

    private static ApiResult Refuse(string why, int code)
    {
        var result = Answers.Text(why + "\n", code);
        result.Headers.Add("X-Content-Type-Options", "nosniff");
        return result;
    }

    // The path was decoded; a slash within a segment is still escaped in it.
    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(static part =>
        Uri.EscapeDataString(part).Replace("%252F", "%2F", StringComparison.OrdinalIgnoreCase)));
}
