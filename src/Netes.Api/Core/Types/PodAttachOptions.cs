using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodAttachOptions")]
[ApiKind("", "v1", "PodAttachOptions")]
public sealed partial record PodAttachOptions
{
    [Field(1, "stdin", OmitEmpty = true)]
    public partial bool Stdin { get; init; }

    [Field(2, "stdout", OmitEmpty = true)]
    public partial bool Stdout { get; init; }

    [Field(3, "stderr", OmitEmpty = true)]
    public partial bool Stderr { get; init; }

    [Field(4, "tty", OmitEmpty = true)]
    public partial bool TTY { get; init; }

    [Field(5, "container", OmitEmpty = true)]
    public partial string Container { get; init; }
}
