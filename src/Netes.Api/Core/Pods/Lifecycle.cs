using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>What to do at turns of a container's life.</summary>
[ApiType("io.k8s.api.core.v1.Lifecycle")]
public sealed partial record Lifecycle
{
    /// <summary>Right after the container was created.</summary>
    [Field(1, "postStart", OmitEmpty = true)]
    public partial LifecycleHandler? PostStart { get; init; }

    /// <summary>Before the container is asked to stop.</summary>
    [Field(2, "preStop", OmitEmpty = true)]
    public partial LifecycleHandler? PreStop { get; init; }

    [Field(3, "stopSignal", OmitEmpty = true, EnumOf = typeof(Signal))]
    public partial string? StopSignal { get; init; }
}
