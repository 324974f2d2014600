using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerRestartRule")]
public sealed partial record ContainerRestartRule
{
    [Field(1, "action", OmitEmpty = true, Required = true, EnumOf = typeof(ContainerRestartRuleAction))]
    public partial string Action { get; init; }

    [Field(2, "exitCodes", OmitEmpty = true)]
    public partial ContainerRestartRuleOnExitCodes? ExitCodes { get; init; }
}
