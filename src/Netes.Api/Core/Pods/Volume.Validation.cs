namespace Netes.Api.Core;

/// <summary>Source: ValidateVolumes of pkg/apis/core/validation/validation.go.</summary>
internal static class VolumeValidation
{
    private const string OneType = "may not specify more than 1 volume type";

    /// <summary>Checks the volumes and fills <see cref="PodCheck.Volumes"/> with the valid ones.</summary>
    public static void Validate(PodCheck check, FieldPath path)
    {
        var pod = check.Metadata?.Name ?? "";
        for (var i = 0; i < check.Spec.Volumes.Count; i++)
        {
            var (volume, at) = (check.Spec.Volumes[i], path.Index(i));
            List<FieldError> errors = [];
            ValidateSource(check, volume, at, errors);
            errors.RequireText(at.Child("name"), volume.Name);
            if (volume.Name.Length > 0)
            {
                errors.Invalid(at.Child("name"), volume.Name, Names.Dns1123Label(volume.Name));
            }

            if (check.Volumes.ContainsKey(volume.Name))
            {
                errors.Add(FieldError.Duplicate(at.Child("name"), volume.Name));
            }

            if (errors.Count == 0)
            {
                check.Volumes.Add(volume.Name, volume.VolumeSource);
            }

            check.Errors.AddRange(errors);
            if (volume.VolumeSource.PersistentVolumeClaim is { } claim && pod.Length > 0
                && check.Spec.Volumes.Any(other =>
                other.VolumeSource.Ephemeral is not null && $"{pod}-{other.Name}" == claim.ClaimName))
            {
                check.Errors.Invalid(at.Child("persistentVolumeClaim").Child("claimName"), claim.ClaimName,
                    "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
    }

    private static void ValidateSource(PodCheck check, Volume volume, FieldPath path, List<FieldError> errors)
    {
        var types = 0;
        var source = volume.VolumeSource;
        One(source.EmptyDir, "emptyDir", Validate);
        One(source.HostPath, "hostPath", Validate);
        types += VolumeSourceRules.ValidateFirst(source, types, path, errors);
        One(source.Secret, "secret", Validate);
        One(source.NFS, "nfs", VolumeSourceRules.Validate);
        One(source.ISCSI, "iscsi", VolumeSourceRules.Validate);
        One(source.Glusterfs, "glusterfs", VolumeSourceRules.Validate);
        One(source.Flocker, "flocker", VolumeSourceRules.Validate);
        One(source.PersistentVolumeClaim, "persistentVolumeClaim", static (claim, at, errors) =>
            errors.RequireText(at.Child("claimName"), claim.ClaimName));
        One(source.RBD, "rbd", VolumeSourceRules.Validate);
        One(source.Cinder, "cinder", VolumeSourceRules.Validate);
        One(source.CephFS, "cephfs", VolumeSourceRules.Validate);
        One(source.Quobyte, "quobyte", VolumeSourceRules.Validate);
        One(source.DownwardAPI, "downwardAPI", static (downward, at, errors) =>
        {
            PathRules.Mode(downward.DefaultMode, at.Child("defaultMode"), errors);
            ProjectionValidation.ValidateFiles(downward.Items, at, errors);
        });
        One(source.FC, "fc", VolumeSourceRules.Validate);
        One(source.FlexVolume, "flexVolume", VolumeSourceRules.Validate);
        One(source.ConfigMap, "configMap", Validate);
        One(source.AzureFile, "azureFile", VolumeSourceRules.Validate);
        One(source.VsphereVolume, "vsphereVolume", static (disk, at, errors) =>
            errors.RequireText(at.Child("volumePath"), disk.VolumePath));
        One(source.PhotonPersistentDisk, "photonPersistentDisk", static (disk, at, errors) =>
            errors.RequireText(at.Child("pdID"), disk.PdID));
        One(source.PortworxVolume, "portworxVolume", static (disk, at, errors) =>
            errors.RequireText(at.Child("volumeID"), disk.VolumeID));
        One(source.AzureDisk, "azureDisk", VolumeSourceRules.Validate);
        One(source.StorageOS, "storageos", VolumeSourceRules.Validate);
        One(source.Projected, "projected", ProjectionValidation.Validate);
        One(source.ScaleIO, "scaleIO", VolumeSourceRules.Validate);
        One(source.CSI, "csi", VolumeSourceRules.Validate);
        One(source.Ephemeral, "ephemeral", (ephemeral, at, errors) =>
            Validate(check, volume, ephemeral, at, path, errors));
        One(source.Image, "image", (image, at, errors) => Validate(check, image, at, errors));
        if (types == 0)
        {
            errors.Required(path, "must specify a volume type");
        }

        void One<T>(T? type, string name, Action<T, FieldPath, List<FieldError>> validate)
            where T : class
        {
            if (type is null)
            {
                return;
            }

            if (types++ > 0)
            {
                errors.Forbidden(path.Child(name), OneType);
                return;
            }

            validate(type, path.Child(name), errors);
        }
    }

    public static void ValidateItems(ValueList<KeyToPath> items, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var (item, at) = (items[i], path.Index(i));
            errors.RequireText(at.Child("key"), item.Key);
            errors.RequireText(at.Child("path"), item.Path);
            PathRules.NotReserved(item.Path, at.Child("path"), errors);
            PathRules.Mode(item.Mode, at.Child("mode"), errors);
        }
    }

    public static void Validate(HostPathVolumeSource host, FieldPath path, List<FieldError> errors)
    {
        if (host.Path.Length == 0)
        {
            errors.Required(path.Child("path"));
            return;
        }

        PathRules.NoBacksteps(host.Path, path.Child("path"), errors);
        if (host.Type is { } type)
        {
            errors.OneOf(path.Child("type"), type, "", HostPathType.BlockDevice, HostPathType.CharDevice,
                HostPathType.Directory, HostPathType.DirectoryOrCreate, HostPathType.File, HostPathType.FileOrCreate,
                HostPathType.Socket);
        }
    }

    private static void Validate(SecretVolumeSource secret, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("secretName"), secret.SecretName);
        PathRules.Mode(secret.DefaultMode, path.Child("defaultMode"), errors);
        ValidateItems(secret.Items, path.Child("items"), errors);
    }

    private static void Validate(ConfigMapVolumeSource map, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("name"), map.LocalObjectReference.Name);
        PathRules.Mode(map.DefaultMode, path.Child("defaultMode"), errors);
        ValidateItems(map.Items, path.Child("items"), errors);
    }

    private static void Validate(EmptyDirVolumeSource empty, FieldPath path, List<FieldError> errors)
    {
        if (empty.SizeLimit < Quantity.Zero)
        {
            errors.Forbidden(path.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }

    private static void Validate(
        PodCheck check, Volume volume, EphemeralVolumeSource ephemeral, FieldPath path, FieldPath parent,
        List<FieldError> errors)
    {
        if (ephemeral.VolumeClaimTemplate is not { } template)
        {
            errors.Required(path.Child("volumeClaimTemplate"));
            return;
        }

        ClaimRules.ValidateTemplate(template, path.Child("volumeClaimTemplate"), errors);
        if (check.Metadata is { Name.Length: > 0 } pod && volume.Name.Length > 0)
        {
            var claim = $"{pod.Name}-{volume.Name}";
            errors.Invalid(parent.Child("name"), volume.Name,
                Names.Dns1123Subdomain(claim).Select(message => $"PVC name \"{claim}\": {message}"));
        }
    }

    private static void Validate(PodCheck check, ImageVolumeSource image, FieldPath path, List<FieldError> errors)
    {
        if (check.IsPod)
        {
            errors.RequireText(path.Child("reference"), image.Reference);
        }

        errors.RequiredOneOf(path.Child("pullPolicy"), image.PullPolicy,
            PullPolicy.Always, PullPolicy.IfNotPresent, PullPolicy.Never);
    }
}
