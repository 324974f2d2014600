using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.PodSecurityContext")]
public sealed partial record PodSecurityContext
{
    [Field(1, "seLinuxOptions", OmitEmpty = true)]
    public partial SELinuxOptions? SELinuxOptions { get; init; }

    [Field(8, "windowsOptions", OmitEmpty = true)]
    public partial WindowsSecurityContextOptions? WindowsOptions { get; init; }

    [Field(2, "runAsUser", OmitEmpty = true)]
    public partial long? RunAsUser { get; init; }

    [Field(6, "runAsGroup", OmitEmpty = true)]
    public partial long? RunAsGroup { get; init; }

    [Field(3, "runAsNonRoot", OmitEmpty = true)]
    public partial bool? RunAsNonRoot { get; init; }

    [Field(4, "supplementalGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<long> SupplementalGroups { get; init; }

    [Field(12, "supplementalGroupsPolicy", OmitEmpty = true, EnumOf = typeof(SupplementalGroupsPolicy))]
    public partial string? SupplementalGroupsPolicy { get; init; }

    [Field(5, "fsGroup", OmitEmpty = true)]
    public partial long? FSGroup { get; init; }

    [Field(7, "sysctls", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Sysctl> Sysctls { get; init; }

    [Field(9, "fsGroupChangePolicy", OmitEmpty = true, EnumOf = typeof(PodFSGroupChangePolicy))]
    public partial string? FSGroupChangePolicy { get; init; }

    [Field(10, "seccompProfile", OmitEmpty = true)]
    public partial SeccompProfile? SeccompProfile { get; init; }

    [Field(11, "appArmorProfile", OmitEmpty = true)]
    public partial AppArmorProfile? AppArmorProfile { get; init; }

    [Field(13, "seLinuxChangePolicy", OmitEmpty = true, EnumOf = typeof(PodSELinuxChangePolicy))]
    public partial string? SELinuxChangePolicy { get; init; }
}
