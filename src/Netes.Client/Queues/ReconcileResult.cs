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

    /// <summary>
    /// Not where it should be, and that is no failure: look again after a wait that doubles each time. Source:
    /// pkg/controller/certificates/certificate_controller.go, ignorableError.
    /// </summary>
    /// <param name="why">For the log.</param>
    public static ReconcileResult Later(string why) => new LaterResult(why);

    internal sealed record DoneResult : ReconcileResult;

    internal sealed record AgainResult(TimeSpan After) : ReconcileResult;

    internal sealed record LaterResult(string Why) : ReconcileResult;
}

/// <summary>A failure that trying again cannot mend: the key rests until something changes.</summary>
public sealed class TerminalException(string message, Exception? cause = null) : Exception(message, cause);
