using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.AppArmorProfile")]
public sealed partial record AppArmorProfile
{
    [Field(1, "type", Required = true, EnumOf = typeof(AppArmorProfileType))]
    public partial string Type { get; init; }

    [Field(2, "localhostProfile", OmitEmpty = true)]
    public partial string? LocalhostProfile { get; init; }
}
