using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.GRPCAction")]
public sealed partial record GRPCAction
{
    [Field(1, "port", Required = true)]
    public partial int Port { get; init; }

    [Field(2, "service", Default = "\"\"")]
    public partial string? Service { get; init; }
}
