namespace Netes.Api.Core;

/// <summary>
/// Security contexts of pods and containers. Source: validatePodSpecSecurityContext and ValidateSecurityContext of
/// pkg/apis/core/validation/validation.go.
/// </summary>
internal static class SecurityValidation
{
    private const int SysctlLength = 253;
    private const string SysctlPattern = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private const int MaxProfileLength = 4095;

    public static void Validate(PodSpec spec, FieldPath specPath, List<FieldError> errors)
    {
        if (spec.SecurityContext is not { } context)
        {
            return;
        }

        var path = specPath.Child("securityContext");
        ValidateId(context.FSGroup, path.Child("fsGroup"), errors);
        ValidateId(context.RunAsUser, path.Child("runAsUser"), errors);
        ValidateId(context.RunAsGroup, path.Child("runAsGroup"), errors);
        for (var i = 0; i < context.SupplementalGroups.Count; i++)
        {
            ValidateId(context.SupplementalGroups[i], path.Child("supplementalGroups").Index(i), errors);
        }

        if (spec.ShareProcessNamespace is true && spec.HostPID)
        {
            errors.Invalid(path.Child("shareProcessNamespace"), true,
                "ShareProcessNamespace and HostPID cannot both be enabled");
        }

        ValidateSysctls(spec, context.Sysctls, path.Child("sysctls"), errors);
        ValidatePolicies(context, path, errors);
        ValidateSeccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
        ValidateAppArmor(context.AppArmorProfile, path.Child("appArmorProfile"), errors);
    }

    public static void Validate(SecurityContext? context, bool hostUsers, FieldPath path, List<FieldError> errors)
    {
        if (context is null)
        {
            return;
        }

        ValidateId(context.RunAsUser, path.Child("runAsUser"), errors);
        ValidateId(context.RunAsGroup, path.Child("runAsGroup"), errors);
        if (context.ProcMount is { } mount)
        {
            errors.OneOf(path.Child("procMount"), mount, ProcMountType.Default, ProcMountType.Unmasked);
            if (hostUsers && mount == ProcMountType.Unmasked)
            {
                errors.Invalid(path.Child("procMount"), mount, "`hostUsers` must be false to use `Unmasked`");
            }
        }

        ValidateSeccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
        if (context.AllowPrivilegeEscalation is false)
        {
            if (context.Privileged is true)
            {
                errors.Invalid(path, Shown.Of(context),
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }

            if (context.Capabilities is { } capabilities && capabilities.Add.Contains("CAP_SYS_ADMIN"))
            {
                errors.Invalid(path, Shown.Of(context),
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }

        ValidateAppArmor(context.AppArmorProfile, path.Child("appArmorProfile"), errors);
    }

    private static void ValidatePolicies(PodSecurityContext context, FieldPath path, List<FieldError> errors)
    {
        if (context.FSGroupChangePolicy is { } change)
        {
            errors.OneOf(path.Child("fsGroupChangePolicy"), change,
                PodFSGroupChangePolicy.Always, PodFSGroupChangePolicy.OnRootMismatch);
        }

        if (context.SupplementalGroupsPolicy is { } groups)
        {
            errors.OneOf(path.Child("supplementalGroupsPolicy"), groups,
                SupplementalGroupsPolicy.Merge, SupplementalGroupsPolicy.Strict);
        }

        if (context.SELinuxChangePolicy is { } relabel)
        {
            errors.OneOf(path.Child("seLinuxChangePolicy"), relabel,
                PodSELinuxChangePolicy.MountOption, PodSELinuxChangePolicy.Recursive);
        }
    }

    private static void ValidateId(long? id, FieldPath path, List<FieldError> errors)
    {
        if (id is { } value)
        {
            errors.Invalid(path, value, Names.InRange(value, 0, uint.MaxValue));
        }
    }

    private static void ValidateSysctls(
        PodSpec spec, ValueList<Sysctl> sysctls, FieldPath path, List<FieldError> errors)
    {
        HashSet<string> names = [];
        for (var i = 0; i < sysctls.Count; i++)
        {
            var (name, at) = (sysctls[i].Name, path.Index(i).Child("name"));
            if (name.Length == 0)
            {
                errors.Required(at);
            }
            else if (!IsSysctl(name))
            {
                errors.Invalid(
                    at, name, $"must have at most {SysctlLength} characters and match regex {SysctlPattern}");
            }
            else if (!names.Add(name))
            {
                errors.Add(FieldError.Duplicate(at, name));
            }

            var dotted = name.Replace('/', '.');
            if (spec.HostNetwork && dotted.StartsWith("net.", StringComparison.Ordinal))
            {
                errors.Invalid(at, name, "may not be specified when 'hostNetwork' is true");
            }
            else if (spec.HostIPC && IsInterProcess(dotted))
            {
                errors.Invalid(at, name, "may not be specified when 'hostIPC' is true");
            }
        }
    }

    private static bool IsInterProcess(string name) =>
        name == "kernel.sem" || name.StartsWith("kernel.shm", StringComparison.Ordinal)
        || name.StartsWith("kernel.msg", StringComparison.Ordinal)
            || name.StartsWith("fs.mqueue.", StringComparison.Ordinal);

    private static bool IsSysctl(string name) => name.Length <= SysctlLength && name.Split('.', '/').All(static part =>
        part.Length > 0 && char.IsAsciiLetterOrDigit(part[0]) && char.IsAsciiLetterOrDigit(part[^1])
        && part.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'));

    private static void ValidateSeccomp(SeccompProfile? profile, FieldPath path, List<FieldError> errors)
    {
        if (profile is null)
        {
            return;
        }

        if (profile.Type.Length == 0)
        {
            errors.Required(path.Child("type"), "type is required when seccompProfile is set");
        }
        else
        {
            errors.OneOf(path.Child("type"), profile.Type, SeccompProfileType.Localhost,
                SeccompProfileType.RuntimeDefault, SeccompProfileType.Unconfined);
        }

        var file = path.Child("localhostProfile");
        if (profile.Type != SeccompProfileType.Localhost)
        {
            if (profile.LocalhostProfile is not null)
            {
                errors.Invalid(file, Shown.Of(profile), "can only be set when seccomp type is Localhost");
            }
        }
        else if (profile.LocalhostProfile is null)
        {
            errors.Required(file, "must be set when seccomp type is Localhost");
        }
        else
        {
            PathRules.Descending(profile.LocalhostProfile, file, errors);
        }
    }

    private static void ValidateAppArmor(AppArmorProfile? profile, FieldPath path, List<FieldError> errors)
    {
        const string missing = "must be set when AppArmor type is Localhost";
        var name = path.Child("localhostProfile");
        switch (profile)
        {
            case null:
                break;
            case { Type: AppArmorProfileType.Localhost, LocalhostProfile: null or "" }:
                errors.Required(name, missing);
                break;
            case { Type: AppArmorProfileType.Localhost, LocalhostProfile: { } local }:
                if (local.Trim() != local)
                {
                    errors.Invalid(name, local, "must not be padded with whitespace");
                }

                if (local.Length > MaxProfileLength)
                {
                    errors.Add(FieldError.TooLong(name, MaxProfileLength));
                }

                break;
            case { Type: AppArmorProfileType.RuntimeDefault or AppArmorProfileType.Unconfined }:
                if (profile.LocalhostProfile is { } unused)
                {
                    errors.Invalid(name, unused, "can only be set when AppArmor type is Localhost");
                }

                break;
            case { Type: "" }:
                errors.Required(path.Child("type"), "type is required when appArmorProfile is set");
                break;
            default:
                errors.OneOf(path.Child("type"), profile.Type, AppArmorProfileType.Localhost,
                    AppArmorProfileType.RuntimeDefault, AppArmorProfileType.Unconfined);
                break;
        }
    }
}
