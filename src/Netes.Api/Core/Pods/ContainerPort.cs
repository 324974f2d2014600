using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerPort")]
public sealed partial record ContainerPort
{
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(2, "hostPort", OmitEmpty = true)]
    public partial int HostPort { get; init; }

    [Field(3, "containerPort", Required = true)]
    public partial int ContainerPortValue { get; init; }

    [Field(4, "protocol", OmitEmpty = true, Default = "\"TCP\"", EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    [Field(5, "hostIP", OmitEmpty = true)]
    public partial string HostIP { get; init; }
}
