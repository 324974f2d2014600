using Netes.Client;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// The n-th write of a process is its last: the process dies just before it, or just after it took effect, without
/// hearing of it. Nothing that it sends afterwards arrives. Events do not count: they are written when there is time.
/// </summary>
internal sealed class CrashPoint(int write, bool takesEffect)
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writes;

    /// <summary>Ends when the process dies.</summary>
    public Task Died => _died.Task;

    public override string ToString() => $"{(takesEffect ? "after" : "before")} write {write}";

    public IApiTransport Around(IApiTransport inner) => new Transport(inner, this);

    private async Task<ApiResponse> SendAsync(IApiTransport inner, ApiRequest request, CancellationToken cancel)
    {
        if (request.Method == HttpMethod.Get || request.PathAndQuery.Contains("/events", StringComparison.Ordinal))
        {
            return await inner.SendAsync(request, cancel);
        }

        var number = Interlocked.Increment(ref _writes);

        // What was sent before is not called back: it has arrived when the next process starts, which takes longer.
        if (number < write)
        {
            return await inner.SendAsync(request, CancellationToken.None);
        }

        if (number == write && takesEffect)
        {
            await (await inner.SendAsync(request, CancellationToken.None)).DisposeAsync();
        }

        _died.TrySetResult();
        throw new HttpRequestException($"the process died at its write {write}");
    }

    private sealed class Transport(IApiTransport inner, CrashPoint point) : IApiTransport
    {
        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel) =>
            point.SendAsync(inner, request, cancel);
    }
}
