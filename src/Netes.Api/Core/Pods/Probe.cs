using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>How and how often a container is asked for its state.</summary>
[ApiType("io.k8s.api.core.v1.Probe")]
public sealed partial record Probe
{
    [Field(1, Inline = true)]
    public partial ProbeHandler ProbeHandler { get; init; }

    /// <summary>Seconds after the start before the first question.</summary>
    [Field(2, "initialDelaySeconds", OmitEmpty = true)]
    public partial int InitialDelaySeconds { get; init; }

    /// <summary>Seconds to wait for the answer.</summary>
    [Field(3, "timeoutSeconds", OmitEmpty = true)]
    public partial int TimeoutSeconds { get; init; }

    /// <summary>Seconds between questions.</summary>
    [Field(4, "periodSeconds", OmitEmpty = true)]
    public partial int PeriodSeconds { get; init; }

    /// <summary>Good answers in a row that make it good.</summary>
    [Field(5, "successThreshold", OmitEmpty = true)]
    public partial int SuccessThreshold { get; init; }

    /// <summary>Bad answers in a row that make it bad.</summary>
    [Field(6, "failureThreshold", OmitEmpty = true)]
    public partial int FailureThreshold { get; init; }

    /// <summary>The grace period when this probe kills the container.</summary>
    [Field(7, "terminationGracePeriodSeconds", OmitEmpty = true)]
    public partial long? TerminationGracePeriodSeconds { get; init; }
}
