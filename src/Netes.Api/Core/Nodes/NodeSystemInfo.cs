using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSystemInfo")]
public sealed partial record NodeSystemInfo
{
    [Field(1, "machineID", Required = true)]
    public partial string MachineID { get; init; }

    [Field(2, "systemUUID", Required = true)]
    public partial string SystemUUID { get; init; }

    [Field(3, "bootID", Required = true)]
    public partial string BootID { get; init; }

    [Field(4, "kernelVersion", Required = true)]
    public partial string KernelVersion { get; init; }

    [Field(5, "osImage", Required = true)]
    public partial string OSImage { get; init; }

    [Field(6, "containerRuntimeVersion", Required = true)]
    public partial string ContainerRuntimeVersion { get; init; }

    [Field(7, "kubeletVersion", Required = true)]
    public partial string KubeletVersion { get; init; }

    [Field(8, "kubeProxyVersion", Required = true)]
    public partial string KubeProxyVersion { get; init; }

    [Field(9, "operatingSystem", Required = true)]
    public partial string OperatingSystem { get; init; }

    [Field(10, "architecture", Required = true)]
    public partial string Architecture { get; init; }

    [Field(11, "swap", OmitEmpty = true)]
    public partial NodeSwapStatus? Swap { get; init; }
}
