using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Authentication;
using Netes.Client;
using Netes.Host;
using Netes.Simulation.Checks;

namespace Netes.Simulation.World;

/// <summary>The way from one program to the server, with everything that can happen on it.</summary>
internal sealed class Network(
    Machine machine, ProgramLife life, UserIdentity user, Faults faults, AcknowledgedWrites acknowledged,
    Action<string>? trace) : IApiTransport
{
    /// <summary>Looks at what the garbage collector takes; null: nobody does.</summary>
    public GarbageCheck? Garbage { get; init; }

    /// <summary>Counts who writes; null: nobody does.</summary>
    public Census? Census { get; init; }

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel)
    {
        if (trace is null)
        {
            return await CarryAsync(request, cancel);
        }

        try
        {
            var response = await CarryAsync(request, cancel);
            trace($"  {user.Name} {request.Method} {request.PathAndQuery}: {response.StatusCode}");
            return response;
        }
        catch (Exception failure)
        {
            trace($"  {user.Name} {request.Method} {request.PathAndQuery}: {failure.Message}");
            throw;
        }
    }

    private async Task<ApiResponse> CarryAsync(ApiRequest request, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.Token);
        await faults.TravelAsync(either.Token);
        either.Token.ThrowIfCancellationRequested();
        var isWrite = request.Method != HttpMethod.Get;
        if (Checks.Census.IsWrite(request))
        {
            Census?.Observe(user.Name, request);
        }

        if (machine.Server is not { } server || faults.LosesRequest())
        {
            throw new HttpRequestException("connection refused");
        }

        if (request.Method == HttpMethod.Put && !WaitsForWinner(request) && faults.Conflicts())
        {
            throw ApiErrors.Conflict("", "objects", "one", "the object has been modified");
        }

        var taken = Garbage?.Find(user.Name, request);
        var response = await AnswerAsync(server, request, cancel);
        if (isWrite)
        {
            acknowledged.Check(request, response);
            if (taken is not null && response.IsSuccess)
            {
                Garbage!.Check(taken);
            }

            if (faults.LosesAnswer() && !request.PathAndQuery.EndsWith("/binding", StringComparison.Ordinal))
            {
                throw new HttpRequestException("connection reset");
            }
        }

        if (response.Body is MemoryStream)
        {
            await faults.TravelAsync(either.Token);
            return response;
        }

        var stream = new WatchStream(response.Body, faults);
        return new ApiResponse(response.StatusCode, response.ContentType, stream, new Owner(response));
    }

    /// <summary>
    /// Who writes tokens and signatures does not try again after a conflict: the write that was faster is heard of. No
    /// such write is behind a conflict that is made up.
    /// </summary>
    private static bool WaitsForWinner(ApiRequest request) =>
        request.PathAndQuery.Contains("/secrets/", StringComparison.Ordinal)
        || request.PathAndQuery.Contains("/configmaps/", StringComparison.Ordinal);

    private async Task<ApiResponse> AnswerAsync(
        Netes.ApiServer.ApiServer server, ApiRequest request, CancellationToken cancel)
    {
        var lifeOfServer = machine.Life;

        // Not disposed: a watch goes on with it after the answer.
        var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.Token, lifeOfServer);
        try
        {
            return await new InProcessTransport(server.HandleAsync, user).SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (lifeOfServer.IsCancellationRequested && !life.IsOver)
        {
            throw new HttpRequestException("connection reset");
        }
    }

    private sealed class Owner(ApiResponse response) : IDisposable
    {
        public void Dispose() => _ = response.DisposeAsync();
    }
}
