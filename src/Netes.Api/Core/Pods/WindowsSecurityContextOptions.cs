using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.WindowsSecurityContextOptions")]
public sealed partial record WindowsSecurityContextOptions
{
    [Field(1, "gmsaCredentialSpecName", OmitEmpty = true)]
    public partial string? GMSACredentialSpecName { get; init; }

    [Field(2, "gmsaCredentialSpec", OmitEmpty = true)]
    public partial string? GMSACredentialSpec { get; init; }

    [Field(3, "runAsUserName", OmitEmpty = true)]
    public partial string? RunAsUserName { get; init; }

    [Field(4, "hostProcess", OmitEmpty = true)]
    public partial bool? HostProcess { get; init; }
}
