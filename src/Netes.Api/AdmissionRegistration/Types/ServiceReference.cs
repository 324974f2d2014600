using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

[ApiType("io.k8s.api.admissionregistration.v1.ServiceReference")]
public sealed partial record ServiceReference
{
    [Field(1, "namespace", Required = true)]
    public partial string Namespace { get; init; }

    [Field(2, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(3, "path", OmitEmpty = true)]
    public partial string? Path { get; init; }

    [Field(4, "port", OmitEmpty = true)]
    public partial int? Port { get; init; }
}
