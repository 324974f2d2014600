namespace Netes.Client;

/// <summary>What an informer watches and how it recovers.</summary>
public sealed record InformerOptions
{
    public static InformerOptions Default { get; } = new();

    /// <summary>Empty: all namespaces.</summary>
    public string Namespace { get; init; } = "";

    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    /// <summary>Objects per page of the first list.</summary>
    public long PageSize { get; init; } = 5000;

    /// <summary>The wait after the first failure; doubles up to <see cref="MaxBackoff"/>, with jitter.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A watch is renewed after this time to twice of it, so that watches spread over servers.</summary>
    public TimeSpan MinWatchTime { get; init; } = TimeSpan.FromMinutes(5);
}
