using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.SecurityContext")]
public sealed partial record SecurityContext
{
    [Field(1, "capabilities", OmitEmpty = true)]
    public partial Capabilities? Capabilities { get; init; }

    [Field(2, "privileged", OmitEmpty = true)]
    public partial bool? Privileged { get; init; }

    [Field(3, "seLinuxOptions", OmitEmpty = true)]
    public partial SELinuxOptions? SELinuxOptions { get; init; }

    [Field(10, "windowsOptions", OmitEmpty = true)]
    public partial WindowsSecurityContextOptions? WindowsOptions { get; init; }

    [Field(4, "runAsUser", OmitEmpty = true)]
    public partial long? RunAsUser { get; init; }

    [Field(8, "runAsGroup", OmitEmpty = true)]
    public partial long? RunAsGroup { get; init; }

    [Field(5, "runAsNonRoot", OmitEmpty = true)]
    public partial bool? RunAsNonRoot { get; init; }

    [Field(6, "readOnlyRootFilesystem", OmitEmpty = true)]
    public partial bool? ReadOnlyRootFilesystem { get; init; }

    [Field(7, "allowPrivilegeEscalation", OmitEmpty = true)]
    public partial bool? AllowPrivilegeEscalation { get; init; }

    [Field(9, "procMount", OmitEmpty = true, EnumOf = typeof(ProcMountType))]
    public partial string? ProcMount { get; init; }

    [Field(11, "seccompProfile", OmitEmpty = true)]
    public partial SeccompProfile? SeccompProfile { get; init; }

    [Field(12, "appArmorProfile", OmitEmpty = true)]
    public partial AppArmorProfile? AppArmorProfile { get; init; }
}
