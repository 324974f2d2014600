namespace Netes.Client;

/// <summary>
/// How requests reach the API server: over HTTPS, or by a call within the process. Thread-safe; requests may overlap.
/// </summary>
public interface IApiTransport
{
    /// <summary>
    /// Sends the request; returns when the status is known. A failure status is an answer, not an exception.
    /// </summary>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel);
}
