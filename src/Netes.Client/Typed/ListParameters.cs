namespace Netes.Client;

/// <summary>What a list asks for. Source: apimachinery pkg/apis/meta/v1/types.go, ListOptions.</summary>
public sealed record ListParameters
{
    public static ListParameters Everything { get; } = new();

    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    /// <summary>At most so many objects per answer; 0: all.</summary>
    public long Limit { get; init; }

    public string Continue { get; init; } = "";

    /// <summary>Empty: the newest; "0": whatever the server has in memory.</summary>
    public string ResourceVersion { get; init; } = "";

    public string ResourceVersionMatch { get; init; } = "";
}

/// <summary>What a watch asks for.</summary>
public sealed record WatchParameters
{
    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    /// <summary>Events after this revision; empty: begin with the present objects as ADDED.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Bookmarks keep the revision to resume at fresh when nothing changes.</summary>
    public bool AllowBookmarks { get; init; } = true;

    /// <summary>The server ends the watch after so long; zero: when it likes.</summary>
    public TimeSpan Timeout { get; init; }
}
