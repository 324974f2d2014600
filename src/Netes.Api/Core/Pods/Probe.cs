using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Probe")]
public sealed partial record Probe
{
    [Field(1, Inline = true)]
    public partial ProbeHandler ProbeHandler { get; init; }

    [Field(2, "initialDelaySeconds", OmitEmpty = true)]
    public partial int InitialDelaySeconds { get; init; }

    [Field(3, "timeoutSeconds", OmitEmpty = true)]
    public partial int TimeoutSeconds { get; init; }

    [Field(4, "periodSeconds", OmitEmpty = true)]
    public partial int PeriodSeconds { get; init; }

    [Field(5, "successThreshold", OmitEmpty = true)]
    public partial int SuccessThreshold { get; init; }

    [Field(6, "failureThreshold", OmitEmpty = true)]
    public partial int FailureThreshold { get; init; }

    [Field(7, "terminationGracePeriodSeconds", OmitEmpty = true)]
    public partial long? TerminationGracePeriodSeconds { get; init; }
}
