using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>A port that a container listens on.</summary>
[ApiType("io.k8s.api.core.v1.ContainerPort")]
public sealed partial record ContainerPort
{
    /// <summary>A name for the port, which services can use.</summary>
    [Field(1, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    /// <summary>The port of the node that leads to this one.</summary>
    [Field(2, "hostPort", OmitEmpty = true)]
    public partial int HostPort { get; init; }

    /// <summary>The number of the port.</summary>
    [Field(3, "containerPort", Required = true)]
    public partial int ContainerPortValue { get; init; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Field(4, "protocol", OmitEmpty = true, Default = "\"TCP\"", EnumOf = typeof(Protocol))]
    public partial string Protocol { get; init; }

    /// <summary>The address of the node to which hostPort is bound.</summary>
    [Field(5, "hostIP", OmitEmpty = true)]
    public partial string HostIP { get; init; }
}
