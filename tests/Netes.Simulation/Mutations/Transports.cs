using System.Text;
using System.Text.Json.Nodes;
using Netes.Api;
using Netes.Client;

namespace Netes.Simulation.Mutations;

/// <summary>Says something else than it was told to.</summary>
internal sealed class AlteredTransport(
    IApiTransport inner, Func<ApiRequest, bool> which, Action<ApiRequest, JsonNode> alter) : IApiTransport
{
    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel) => inner.SendAsync(
        which(request) ? Requests.Edited(request, body => alter(request, body)) : request, cancel);
}

/// <summary>Gives replica sets other sizes than it was told to.</summary>
internal sealed class ResizingTransport(IApiTransport inner, Func<int, int, int> size) : IApiTransport
{
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        if (request.Method == HttpMethod.Put && Requests.IsAbout(request, "replicasets"))
        {
            var path = Requests.Path(request);
            request = Requests.Edited(request, set =>
            {
                var next = size(_sizes.GetValueOrDefault(path), (int?)set["spec"]!["replicas"] ?? 1);
                _sizes[path] = next;
                set["spec"]!["replicas"] = next;
            });
        }

        return inner.SendAsync(request, cancel);
    }
}

/// <summary>Does some things twice.</summary>
internal sealed class DoubledTransport(IApiTransport inner, Func<ApiRequest, bool> which) : IApiTransport
{
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        if (which(request))
        {
            await (await inner.SendAsync(request, cancel)).DisposeAsync();
        }

        return await inner.SendAsync(request, cancel);
    }
}

/// <summary>Does something else, too, after it has done what it was told to.</summary>
internal sealed class ExtraTransport(
    IApiTransport inner, Func<ApiRequest, bool> which, Func<ApiRequest, ApiRequest> extra) : IApiTransport
{
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        var response = await inner.SendAsync(request, cancel);
        if (which(request))
        {
            await (await inner.SendAsync(extra(request), cancel)).DisposeAsync();
        }

        return response;
    }
}

/// <summary>Says of some things that they are done, and does not do them.</summary>
internal sealed class SilencedTransport(IApiTransport inner, Func<ApiRequest, bool> which) : IApiTransport
{
    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel) => which(request)
        ? Task.FromResult(new ApiResponse(200, MediaTypes.Json, request.Body.IsEmpty ? "{}"u8.ToArray() : request.Body))
        : inner.SendAsync(request, cancel);
}

/// <summary>Does not find what it asks for.</summary>
internal sealed class BlindTransport(IApiTransport inner, Func<ApiRequest, bool> which) : IApiTransport
{
    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel) => which(request)
        ? throw ApiErrors.NotFound("", "objects", "one")
        : inner.SendAsync(request, cancel);
}

/// <summary>Does not hear some events of watches.</summary>
internal sealed class DeafTransport(IApiTransport inner, Func<string, bool> hears) : IApiTransport
{
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        var response = await inner.SendAsync(request, cancel);
        if (request.PathAndQuery.Contains("watch=", StringComparison.Ordinal)
            && response.Body is World.WatchStream stream)
        {
            stream.Hears = line => hears(line) ? line : null;
        }

        return response;
    }
}

/// <summary>Reads something else than what is there.</summary>
internal sealed class MisreadingTransport(IApiTransport inner, string there, string read) : IApiTransport
{
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        var response = await inner.SendAsync(request, cancel);
        if (request.Method != HttpMethod.Get)
        {
            return response;
        }

        if (response.Body is World.WatchStream stream)
        {
            stream.Hears = Read;
            return response;
        }

        await using (response)
        {
            var body = await response.ReadAllAsync(int.MaxValue, cancel);
            return new ApiResponse(
                response.StatusCode, response.ContentType,
                Encoding.UTF8.GetBytes(Read(Encoding.UTF8.GetString(body.Span))));
        }
    }

    private string Read(string text) => text.Replace(there, read, StringComparison.Ordinal);
}
