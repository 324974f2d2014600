namespace Netes.Api.Core;

/// <summary>
/// What a pod for one system may not ask of another. Source: validateOS, validateLinux and validateWindows.
/// </summary>
internal static class PodOSValidation
{
    private const string NotOnWindows = "cannot be set for a windows pod";
    private const string NotOnLinux = "windows options cannot be set for a linux pod";

    public static void Validate(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        switch (spec.OS?.Name)
        {
            case null:
                break;
            case "":
                errors.Required(path.Child("os").Child("name"), "cannot be empty");
                break;
            case OSName.Linux:
                ValidateLinux(spec, path, errors);
                break;
            case OSName.Windows:
                ValidateWindows(spec, path, errors);
                break;
            default:
                errors.OneOf(path.Child("os"), spec.OS.Name, OSName.Linux, OSName.Windows);
                break;
        }
    }

    private static void ValidateLinux(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        if (spec.SecurityContext?.WindowsOptions is not null)
        {
            errors.Forbidden(path.Child("securityContext").Child("windowsOptions"), NotOnLinux);
        }

        foreach (var (container, at) in All(spec, path))
        {
            if (container.SecurityContext?.WindowsOptions is not null)
            {
                errors.Forbidden(at.Child("securityContext").Child("windowsOptions"), NotOnLinux);
            }
        }
    }

    private static void ValidateWindows(PodSpec spec, FieldPath path, List<FieldError> errors)
    {
        Forbid(path, errors,
            ("hostUsers", spec.HostUsers is not null), ("hostPID", spec.HostPID), ("hostIPC", spec.HostIPC),
            ("shareProcessNamespace", spec.ShareProcessNamespace is not null));
        if (spec.SecurityContext is { } pod)
        {
            Forbid(path.Child("securityContext"), errors,
                ("appArmorProfile", pod.AppArmorProfile is not null),
                    ("seLinuxOptions", pod.SELinuxOptions is not null),
                ("seccompProfile", pod.SeccompProfile is not null), ("fsGroup", pod.FSGroup is not null),
                ("fsGroupChangePolicy", pod.FSGroupChangePolicy is not null), ("sysctls", !pod.Sysctls.IsEmpty),
                ("runAsUser", pod.RunAsUser is not null), ("runAsGroup", pod.RunAsGroup is not null),
                ("supplementalGroups", !pod.SupplementalGroups.IsEmpty),
                ("supplementalGroupsPolicy", pod.SupplementalGroupsPolicy is not null),
                ("seLinuxChangePolicy", pod.SELinuxChangePolicy is not null));
        }

        foreach (var (container, at) in All(spec, path))
        {
            if (container.SecurityContext is not { } context)
            {
                continue;
            }

            Forbid(at.Child("securityContext"), errors,
                ("appArmorProfile", context.AppArmorProfile is not null),
                    ("seLinuxOptions", context.SELinuxOptions is not null),
                ("seccompProfile", context.SeccompProfile is not null),
                    ("capabilities", context.Capabilities is not null),
                ("readOnlyRootFilesystem", context.ReadOnlyRootFilesystem is not null),
                ("privileged", context.Privileged is not null),
                ("allowPrivilegeEscalation", context.AllowPrivilegeEscalation is not null),
                ("procMount", context.ProcMount is not null), ("runAsUser", context.RunAsUser is not null),
                ("runAsGroup", context.RunAsGroup is not null));
        }
    }

    private static void Forbid(
        FieldPath path, List<FieldError> errors, params ReadOnlySpan<(string Field, bool IsSet)> fields)
    {
        foreach (var (field, isSet) in fields)
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(field), NotOnWindows);
            }
        }
    }

    private static IEnumerable<(Container Container, FieldPath Path)> All(PodSpec spec, FieldPath path) =>
    [
        .. spec.InitContainers.Select((container, i) => (container, path.Child("initContainers").Index(i))),
        .. spec.Containers.Select((container, i) => (container, path.Child("containers").Index(i))),
    ];
}
