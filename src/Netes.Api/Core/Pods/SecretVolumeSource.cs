using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SecretVolumeSource")]
public sealed partial record SecretVolumeSource
{
    [Field(1, "secretName", OmitEmpty = true)]
    public partial string SecretName { get; init; }

    [Field(2, "items", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<KeyToPath> Items { get; init; }

    [Field(3, "defaultMode", OmitEmpty = true)]
    public partial int? DefaultMode { get; init; }

    [Field(4, "optional", OmitEmpty = true)]
    public partial bool? Optional { get; init; }
}
