using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes")]
public sealed partial record ContainerRestartRuleOnExitCodes
{
    [Field(1, "operator", OmitEmpty = true, Required = true,
        EnumOf = typeof(ContainerRestartRuleOnExitCodesOperator))]
    public partial string Operator { get; init; }

    [Field(2, "values", OmitEmpty = true, ListType = "set")]
    public partial ValueList<int> Values { get; init; }
}
