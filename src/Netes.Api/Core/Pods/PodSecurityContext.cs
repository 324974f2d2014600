using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Security settings of all containers of a pod.</summary>
[ApiType("io.k8s.api.core.v1.PodSecurityContext")]
public sealed partial record PodSecurityContext
{
    [Field(1, "seLinuxOptions", OmitEmpty = true)]
    public partial SELinuxOptions? SELinuxOptions { get; init; }

    [Field(8, "windowsOptions", OmitEmpty = true)]
    public partial WindowsSecurityContextOptions? WindowsOptions { get; init; }

    /// <summary>The user number to run as.</summary>
    [Field(2, "runAsUser", OmitEmpty = true)]
    public partial long? RunAsUser { get; init; }

    /// <summary>The group number to run as.</summary>
    [Field(6, "runAsGroup", OmitEmpty = true)]
    public partial long? RunAsGroup { get; init; }

    /// <summary>True refuses to run as root.</summary>
    [Field(3, "runAsNonRoot", OmitEmpty = true)]
    public partial bool? RunAsNonRoot { get; init; }

    /// <summary>More groups of the first process.</summary>
    [Field(4, "supplementalGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<long> SupplementalGroups { get; init; }

    [Field(12, "supplementalGroupsPolicy", OmitEmpty = true, EnumOf = typeof(SupplementalGroupsPolicy))]
    public partial string? SupplementalGroupsPolicy { get; init; }

    /// <summary>The group that owns the files of volumes.</summary>
    [Field(5, "fsGroup", OmitEmpty = true)]
    public partial long? FSGroup { get; init; }

    /// <summary>Kernel settings of the pod.</summary>
    [Field(7, "sysctls", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<Sysctl> Sysctls { get; init; }

    [Field(9, "fsGroupChangePolicy", OmitEmpty = true, EnumOf = typeof(PodFSGroupChangePolicy))]
    public partial string? FSGroupChangePolicy { get; init; }

    /// <summary>The filter of system calls.</summary>
    [Field(10, "seccompProfile", OmitEmpty = true)]
    public partial SeccompProfile? SeccompProfile { get; init; }

    [Field(11, "appArmorProfile", OmitEmpty = true)]
    public partial AppArmorProfile? AppArmorProfile { get; init; }

    [Field(13, "seLinuxChangePolicy", OmitEmpty = true, EnumOf = typeof(PodSELinuxChangePolicy))]
    public partial string? SELinuxChangePolicy { get; init; }
}
