using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SleepAction")]
public sealed partial record SleepAction
{
    [Field(1, "seconds", Required = true)]
    public partial long Seconds { get; init; }
}
