using Netes.Client;

namespace Netes.Simulation.World;

/// <summary>The controllers crash right before one write of theirs, whatever it is about, or right after.</summary>
/// <param name="write">Which write, from 1; 0: none.</param>
/// <param name="isAfter">The server has done it, and they never hear of it.</param>
internal sealed class CrashPoint(int write, bool isAfter)
{
    /// <summary>How many writes there were; events are not counted, nothing depends on them.</summary>
    public int Writes { get; private set; }

    /// <summary>How often each controller's account wrote, and what.</summary>
    public SortedDictionary<string, int> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>A way to the server on which the crash happens.</summary>
    public IApiTransport On(IApiTransport inner, string account, Action crash) =>
        new Transport(this, inner, account, crash);

    private bool Comes(string account, ApiRequest request)
    {
        if (request.Method == HttpMethod.Get || request.PathAndQuery.Contains("/events", StringComparison.Ordinal))
        {
            return false;
        }

        var kind = $"{account} {request.Method} {WhatOf(request)}";
        Kinds[kind] = Kinds.GetValueOrDefault(kind) + 1;
        return ++Writes == write;
    }

    /// <summary>The plural, and the part of the object if it is one: <c>pods/status</c>.</summary>
    private static string WhatOf(ApiRequest request)
    {
        // /api/v1/... or /apis/GROUP/VERSION/..., and then maybe namespaces/NS/PLURAL.
        var parts = request.PathAndQuery.Split('?')[0].Split('/')[1..];
        var rest = parts[(parts[0] == "api" ? 2 : 3)..];
        rest = rest is ["namespaces", _, not ("status" or "finalize"), ..] ? rest[2..] : rest;
        return rest is [var plural, _, .. var part] ? string.Join('/', [plural, .. part]) : rest[0];
    }

    private sealed class Transport(CrashPoint point, IApiTransport inner, string account, Action crash)
        : IApiTransport
    {
        public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
        {
            if (!point.Comes(account, request))
            {
                return await inner.SendAsync(request, cancel);
            }

            if (point.IsAfter)
            {
                await (await inner.SendAsync(request, cancel)).DisposeAsync();
            }

            crash();
            throw new OperationCanceledException("the program crashed");
        }
    }

    private bool IsAfter => isAfter;
}
