namespace Netes.Nodes.Logs;

/// <summary>What of a log is wanted. Source: k8s.io/api/core/v1 PodLogOptions.</summary>
public sealed record LogReadOptions
{
    public bool Follow { get; init; }

    public bool Timestamps { get; init; }

    /// <summary>Only the last lines; null: all.</summary>
    public long? TailLines { get; init; }

    /// <summary>Only lines written at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Ends after so many bytes; null: no limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>stdout or stderr; empty: both.</summary>
    public string Stream { get; init; } = "";
}
