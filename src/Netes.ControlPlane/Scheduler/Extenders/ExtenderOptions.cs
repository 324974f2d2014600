using Netes.Api;

namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// A service beside the scheduler that has its say about nodes. Source: pkg/scheduler/apis/config/types.go, Extender.
/// </summary>
public sealed record ExtenderOptions
{
    /// <summary>Its address; a verb and a slash follow.</summary>
    public required string UrlPrefix { get; init; }

    /// <summary>Of each verb: empty: it is not asked that.</summary>
    public string FilterVerb { get; init; } = "";

    public string PreemptVerb { get; init; } = "";

    public string PrioritizeVerb { get; init; } = "";

    public string BindVerb { get; init; } = "";

    /// <summary>What its scores, 0 to 10, are multiplied with.</summary>
    public int Weight { get; init; }

    /// <summary>Without an authority, whatever certificate it shows is taken.</summary>
    public bool EnableHttps { get; init; }

    public ExtenderTls? Tls { get; init; }

    /// <summary>Of one call. Default 5 s.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>It knows the nodes: it is sent their names.</summary>
    public bool NodeCacheCapable { get; init; }

    /// <summary>It is asked only about pods that want one of these; empty: about all.</summary>
    public ValueList<ExtenderResource> ManagedResources { get; init; }

    /// <summary>Scheduling goes on when it does not answer.</summary>
    public bool IsIgnorable { get; init; }
}

/// <param name="Name">Of an extended resource.</param>
/// <param name="IsIgnoredByScheduler">NodeResourcesFit does not look at it.</param>
public sealed record ExtenderResource(string Name, bool IsIgnoredByScheduler);

/// <summary>Files, or what would stand in them. Source: types.go, ExtenderTLSConfig.</summary>
public sealed record ExtenderTls
{
    public bool IsInsecure { get; init; }

    public string ServerName { get; init; } = "";

    public string CertFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    public string CaFile { get; init; } = "";

    public ValueList<byte> CertData { get; init; }

    public ValueList<byte> KeyData { get; init; }

    public ValueList<byte> CaData { get; init; }
}
