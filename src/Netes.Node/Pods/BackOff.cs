namespace Netes.Nodes.Pods;

/// <summary>
/// A delay that doubles with each failure up to a limit and is forgotten after twice the limit without one.
/// Source: k8s.io/client-go/util/flowcontrol/backoff.go, pkg/kubelet/kubelet.go (MaxCrashLoopBackOff).
/// </summary>
public readonly record struct BackOff(TimeSpan Delay, DateTimeOffset UpdatedAt)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The back-off after one more failure at <paramref name="at"/>.</summary>
    public static BackOff Next(BackOff? previous, DateTimeOffset at, DateTimeOffset now)
    {
        if (previous is not { } before || before.IsExpired(at))
        {
            return new(First, now);
        }

        var doubled = before.Delay * 2;
        return new(doubled > Limit ? Limit : doubled, now);
    }

    public bool IsExpired(DateTimeOffset at) => at - UpdatedAt > Limit * 2;

    /// <summary>The delay as Go prints it: <c>1m20s</c>.</summary>
    public string Text => Netes.Api.Duration.From(Delay).ToString();
}
