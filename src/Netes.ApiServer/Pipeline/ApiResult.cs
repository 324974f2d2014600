namespace Netes.ApiServer;

/// <summary>The answer to an <see cref="ApiCall"/>.</summary>
public sealed record ApiResult
{
    public int StatusCode { get; init; } = 200;

    /// <summary>Empty where there is no body.</summary>
    public string ContentType { get; init; } = "";

    public ApiHeaders Headers { get; init; } = new();

    public ApiResultBody Body { get; init; } = ApiResultBody.Segments.None;
}
