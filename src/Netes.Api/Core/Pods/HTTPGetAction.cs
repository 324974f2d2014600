using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.HTTPGetAction")]
public sealed partial record HTTPGetAction
{
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }

    [Field(2, "port", Required = true)]
    public partial IntOrString Port { get; init; }

    [Field(3, "host", OmitEmpty = true)]
    public partial string Host { get; init; }

    [Field(4, "scheme", OmitEmpty = true, EnumOf = typeof(URIScheme))]
    public partial string Scheme { get; init; }

    [Field(5, "httpHeaders", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<HTTPHeader> HTTPHeaders { get; init; }
}
