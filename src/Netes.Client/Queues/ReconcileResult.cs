namespace Netes.Client;

/// <summary>
/// What a reconcile came to; a failure is thrown. Source: controller-runtime pkg/reconcile/reconcile.go.
/// </summary>
public abstract record ReconcileResult
{
    private ReconcileResult()
    {
    }

    /// <summary>Nothing more to do until something changes.</summary>
    public static ReconcileResult Done { get; } = new DoneResult();

    /// <summary>Look again after the time, even if nothing changes.</summary>
    public static ReconcileResult Again(TimeSpan after) => new AgainResult(after);

    internal sealed record DoneResult : ReconcileResult;

    internal sealed record AgainResult(TimeSpan After) : ReconcileResult;
}

/// <summary>A failure that trying again cannot mend: the key rests until something changes.</summary>
public sealed class TerminalException(string message, Exception? cause = null) : Exception(message, cause);
