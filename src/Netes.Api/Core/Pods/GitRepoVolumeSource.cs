using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.GitRepoVolumeSource")]
public sealed partial record GitRepoVolumeSource
{
    [Field(1, "repository", Required = true)]
    public partial string Repository { get; init; }

    [Field(2, "revision", OmitEmpty = true)]
    public partial string Revision { get; init; }

    [Field(3, "directory", OmitEmpty = true)]
    public partial string Directory { get; init; }
}
