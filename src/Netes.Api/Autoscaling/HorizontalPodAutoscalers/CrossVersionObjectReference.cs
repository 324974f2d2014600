using Netes.Api.Meta;

namespace Netes.Api.Autoscaling;

[ApiType("io.k8s.api.autoscaling.v2.CrossVersionObjectReference")]
public sealed partial record CrossVersionObjectReference
{
    [Field(1, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(2, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(3, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }
}
