using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.KeyToPath")]
public sealed partial record KeyToPath
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "path", Required = true)]
    public partial string Path { get; init; }

    [Field(3, "mode", OmitEmpty = true)]
    public partial int? Mode { get; init; }
}
