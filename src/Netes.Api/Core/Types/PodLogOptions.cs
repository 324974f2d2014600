using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodLogOptions")]
[ApiKind("", "v1", "PodLogOptions")]
public sealed partial record PodLogOptions
{
    [Field(1, "container", OmitEmpty = true)]
    public partial string Container { get; init; }

    [Field(2, "follow", OmitEmpty = true)]
    public partial bool Follow { get; init; }

    [Field(3, "previous", OmitEmpty = true)]
    public partial bool Previous { get; init; }

    [Field(4, "sinceSeconds", OmitEmpty = true)]
    public partial long? SinceSeconds { get; init; }

    [Field(5, "sinceTime", OmitEmpty = true)]
    public partial Timestamp? SinceTime { get; init; }

    [Field(6, "timestamps", OmitEmpty = true)]
    public partial bool Timestamps { get; init; }

    [Field(7, "tailLines", OmitEmpty = true)]
    public partial long? TailLines { get; init; }

    [Field(8, "limitBytes", OmitEmpty = true)]
    public partial long? LimitBytes { get; init; }

    [Field(9, "insecureSkipTLSVerifyBackend", OmitEmpty = true)]
    public partial bool InsecureSkipTLSVerifyBackend { get; init; }

    [Field(10, "stream", OmitEmpty = true)]
    public partial string? Stream { get; init; }
}
