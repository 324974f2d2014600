namespace Netes.Api.Core;

/// <summary>Source: ValidateVolumeMounts and ValidateVolumeDevices of pkg/apis/core/validation/validation.go.</summary>
internal static class MountValidation
{
    public static void Validate(PodCheck check, Container container, FieldPath path)
    {
        ValidateMounts(check, container, path.Child("volumeMounts"));
        ValidateDevices(check, container, path.Child("volumeDevices"));
    }

    private static void ValidateMounts(PodCheck check, Container container, FieldPath path)
    {
        var errors = check.Errors;
        HashSet<string> points = [];
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            var (mount, at) = (container.VolumeMounts[i], path.Index(i));
            errors.RequireText(at.Child("name"), mount.Name);
            if (!check.Volumes.TryGetValue(mount.Name, out var source))
            {
                errors.Add(FieldError.NotFound(at.Child("name"), mount.Name));
            }

            errors.RequireText(at.Child("mountPath"), mount.MountPath);
            if (!points.Add(mount.MountPath))
            {
                errors.Invalid(at.Child("mountPath"), mount.MountPath, "must be unique");
            }

            if (!container.VolumeDevices.IsEmpty)
            {
                ValidateAgainstDevices(mount, container, at, errors);
            }

            if (mount.SubPath.Length > 0)
            {
                PathRules.Descending(mount.SubPath, path.Child("subPath"), errors);
            }

            if (mount.SubPathExpr.Length > 0)
            {
                ValidateExpression(mount, source, at, path, errors);
            }

            ValidatePropagation(mount, container, path, errors);
        }
    }

    private static void ValidateAgainstDevices(
        VolumeMount mount, Container container, FieldPath path, List<FieldError> errors)
    {
        if (container.VolumeDevices.Any(device => device.Name == mount.Name))
        {
            errors.Invalid(path.Child("name"), mount.Name, "must not already exist in volumeDevices");
        }

        if (container.VolumeDevices.Any(device => device.DevicePath == mount.MountPath))
        {
            errors.Invalid(
                path.Child("mountPath"), mount.MountPath, "must not already exist as a path in volumeDevices");
        }
    }

    private static void ValidateExpression(
        VolumeMount mount, VolumeSource? source, FieldPath at, FieldPath path, List<FieldError> errors)
    {
        if (source?.Image is not null)
        {
            errors.Invalid(at.Child("subPathExpr"), mount.SubPathExpr, "not allowed in image volume sources");
        }

        if (mount.SubPath.Length > 0)
        {
            errors.Invalid(
                at.Child("subPathExpr"), mount.SubPathExpr, "subPathExpr and subPath are mutually exclusive");
        }

        PathRules.Descending(mount.SubPathExpr, path.Child("subPathExpr"), errors);
    }

    private static void ValidatePropagation(
        VolumeMount mount, Container container, FieldPath path, List<FieldError> errors)
    {
        if (mount.MountPropagation is { } propagation)
        {
            errors.OneOf(path.Child("mountPropagation"), propagation, MountPropagationMode.Bidirectional,
                MountPropagationMode.HostToContainer, MountPropagationMode.None);
            if (propagation == MountPropagationMode.Bidirectional && container.SecurityContext?.Privileged is not true)
            {
                errors.Forbidden(path.Child("mountPropagation"),
                    "Bidirectional mount propagation is available only to privileged containers");
            }
        }

        var at = path.Child("recursiveReadOnly");
        if (mount.RecursiveReadOnly is null or RecursiveReadOnlyMode.Disabled)
        {
            return;
        }

        errors.OneOf(at, mount.RecursiveReadOnly,
            RecursiveReadOnlyMode.Disabled, RecursiveReadOnlyMode.Enabled, RecursiveReadOnlyMode.IfPossible);
        if (!mount.ReadOnly)
        {
            errors.Forbidden(at, "may only be specified when readOnly is true");
        }

        if (mount.MountPropagation is not (null or MountPropagationMode.None))
        {
            errors.Forbidden(at, "may only be specified when mountPropagation is None or not specified");
        }
    }

    private static void ValidateDevices(PodCheck check, Container container, FieldPath path)
    {
        var errors = check.Errors;
        HashSet<string> names = [];
        HashSet<string> paths = [];
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            var (device, at) = (container.VolumeDevices[i], path.Index(i));
            errors.RequireText(at.Child("name"), device.Name);
            if (device.Name.Length > 0 && !names.Add(device.Name))
            {
                errors.Invalid(at.Child("name"), device.Name, "must be unique");
            }

            if (!check.Volumes.TryGetValue(device.Name, out var source))
            {
                errors.Add(FieldError.NotFound(at.Child("name"), device.Name));
            }
            else if (source is { PersistentVolumeClaim: null, Ephemeral: null })
            {
                errors.Invalid(at.Child("name"), device.Name,
                    "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }

            errors.RequireText(at.Child("devicePath"), device.DevicePath);
            if (!paths.Add(device.DevicePath))
            {
                errors.Invalid(at.Child("devicePath"), device.DevicePath, "must be unique");
            }

            if (PathRules.HasBacksteps(device.DevicePath))
            {
                errors.Invalid(at.Child("devicePath"), device.DevicePath, "can not contain backsteps ('..')");
            }

            if (container.VolumeMounts.Any(mount => mount.Name == device.Name))
            {
                errors.Invalid(at.Child("name"), device.Name, "must not already exist in volumeMounts");
            }

            if (container.VolumeMounts.Any(mount => mount.MountPath == device.DevicePath))
            {
                errors.Invalid(
                    at.Child("devicePath"), device.DevicePath, "must not already exist as a path in volumeMounts");
            }
        }
    }
}
