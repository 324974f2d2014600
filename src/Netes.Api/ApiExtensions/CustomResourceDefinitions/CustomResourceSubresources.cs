using Netes.Api.Autoscaling.V1;
using Netes.Api.Meta;

namespace Netes.Api.ApiExtensions;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources")]
public sealed partial record CustomResourceSubresources
{
    [Field(1, "status", OmitEmpty = true)]
    public partial CustomResourceSubresourceStatus? Status { get; init; }

    [Field(2, "scale", OmitEmpty = true)]
    public partial CustomResourceSubresourceScale? Scale { get; init; }
}
