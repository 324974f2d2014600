using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>An HTTP request.</summary>
[ApiType("io.k8s.api.core.v1.HTTPGetAction")]
public sealed partial record HTTPGetAction
{
    /// <summary>The path to get.</summary>
    [Field(1, "path", OmitEmpty = true)]
    public partial string Path { get; init; }

    /// <summary>The port, by number or by name.</summary>
    [Field(2, "port", Required = true)]
    public partial IntOrString Port { get; init; }

    /// <summary>The host to connect to; the pod itself when empty.</summary>
    [Field(3, "host", OmitEmpty = true)]
    public partial string Host { get; init; }

    /// <summary>HTTP or HTTPS.</summary>
    [Field(4, "scheme", OmitEmpty = true, EnumOf = typeof(URIScheme))]
    public partial string Scheme { get; init; }

    /// <summary>Headers of the request.</summary>
    [Field(5, "httpHeaders", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<HTTPHeader> HTTPHeaders { get; init; }
}
