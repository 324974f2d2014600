using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.Lifecycle")]
public sealed partial record Lifecycle
{
    [Field(1, "postStart", OmitEmpty = true)]
    public partial LifecycleHandler? PostStart { get; init; }

    [Field(2, "preStop", OmitEmpty = true)]
    public partial LifecycleHandler? PreStop { get; init; }

    [Field(3, "stopSignal", OmitEmpty = true, EnumOf = typeof(Signal))]
    public partial string? StopSignal { get; init; }
}
