namespace Netes.Client;

/// <summary>Who competes for which lease; the times are Kubernetes' own.</summary>
public sealed record LeaderElectionOptions
{
    public string Namespace { get; init; } = "kube-system";

    /// <summary>e.g. <c>kube-scheduler</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Unique to the process.</summary>
    public required string Identity { get; init; }

    /// <summary>Others wait so long after the last renewal before they take over.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that could not renew for so long stops.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
