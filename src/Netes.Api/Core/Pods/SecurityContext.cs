using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Security settings of a container.</summary>
[ApiType("io.k8s.api.core.v1.SecurityContext")]
public sealed partial record SecurityContext
{
    /// <summary>Capabilities to add and to drop.</summary>
    [Field(1, "capabilities", OmitEmpty = true)]
    public partial Capabilities? Capabilities { get; init; }

    /// <summary>True gives the container all the rights of its node.</summary>
    [Field(2, "privileged", OmitEmpty = true)]
    public partial bool? Privileged { get; init; }

    [Field(3, "seLinuxOptions", OmitEmpty = true)]
    public partial SELinuxOptions? SELinuxOptions { get; init; }

    [Field(10, "windowsOptions", OmitEmpty = true)]
    public partial WindowsSecurityContextOptions? WindowsOptions { get; init; }

    /// <summary>The user number to run as.</summary>
    [Field(4, "runAsUser", OmitEmpty = true)]
    public partial long? RunAsUser { get; init; }

    /// <summary>The group number to run as.</summary>
    [Field(8, "runAsGroup", OmitEmpty = true)]
    public partial long? RunAsGroup { get; init; }

    /// <summary>True refuses to run as root.</summary>
    [Field(5, "runAsNonRoot", OmitEmpty = true)]
    public partial bool? RunAsNonRoot { get; init; }

    /// <summary>True makes the image's files read-only.</summary>
    [Field(6, "readOnlyRootFilesystem", OmitEmpty = true)]
    public partial bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>False keeps processes from gaining more rights than their parent.</summary>
    [Field(7, "allowPrivilegeEscalation", OmitEmpty = true)]
    public partial bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>How much of /proc is shown.</summary>
    [Field(9, "procMount", OmitEmpty = true, EnumOf = typeof(ProcMountType))]
    public partial string? ProcMount { get; init; }

    /// <summary>The filter of system calls.</summary>
    [Field(11, "seccompProfile", OmitEmpty = true)]
    public partial SeccompProfile? SeccompProfile { get; init; }

    /// <summary>The AppArmor profile.</summary>
    [Field(12, "appArmorProfile", OmitEmpty = true)]
    public partial AppArmorProfile? AppArmorProfile { get; init; }
}
