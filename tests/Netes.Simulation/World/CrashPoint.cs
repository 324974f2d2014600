using Netes.Client;
using Netes.Simulation.Checks;

namespace Netes.Simulation.World;

/// <summary>The controllers crash right before one write of theirs, whatever it is about, or right after.</summary>
/// <param name="write">Which write, from 1; 0: none.</param>
/// <param name="isAfter">The server has done it, and they never hear of it.</param>
internal sealed class CrashPoint(int write, bool isAfter)
{
    /// <summary>How many writes there were; events are not counted, nothing depends on them.</summary>
    public int Writes { get; private set; }

    /// <summary>A way to the server on which the crash happens.</summary>
    public IApiTransport On(IApiTransport inner, Action crash) =>
        new Transport(this, inner, crash);

    private bool Comes(ApiRequest request) => Census.IsWrite(request) && ++Writes == write;

    private sealed class Transport(CrashPoint point, IApiTransport inner, Action crash) : IApiTransport
    {
        public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
        {
            if (!point.Comes(request))
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
