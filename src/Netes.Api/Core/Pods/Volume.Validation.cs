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
            if (volume.VolumeSource.PersistentVolumeClaim is { } claim && pod.Length > 0)
            {
                ValidateNotOwn(claim, pod, check, at);
            }
        }
    }

    private static void ValidateNotOwn(
        PersistentVolumeClaimVolumeSource claim, string pod, PodCheck check, FieldPath path)
    {
        if (check.Spec.Volumes.Any(other =>
            other.VolumeSource.Ephemeral is not null && $"{pod}-{other.Name}" == claim.ClaimName))
        {
            check.Errors.Invalid(path.Child("persistentVolumeClaim").Child("claimName"), claim.ClaimName,
                "must not reference a PVC that gets created for an ephemeral volume");
        }
    }

    private static void ValidateSource(PodCheck check, Volume volume, FieldPath path, List<FieldError> errors)
    {
        var source = volume.VolumeSource;
        var sources = new Sources(path, errors);
        ValidateLocal(source, sources);
        sources.Count += VolumeSourceRules.ValidateFirst(source, sources.Count, path, errors);
        ValidateNetwork(source, sources);
        if (sources.IsOnly(source.Ephemeral, "ephemeral"))
        {
            Validate(check, volume, source.Ephemeral!, path.Child("ephemeral"), path, errors);
        }

        if (sources.IsOnly(source.Image, "image"))
        {
            Validate(check, source.Image!, path.Child("image"), errors);
        }

        if (sources.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }
    }

    private static void ValidateLocal(VolumeSource source, Sources sources)
    {
        sources.One(source.EmptyDir, "emptyDir", Validate);
        sources.One(source.HostPath, "hostPath", Validate);
        sources.One(source.Secret, "secret", Validate);
        sources.One(source.PersistentVolumeClaim, "persistentVolumeClaim", static (claim, at, errors) =>
            errors.RequireText(at.Child("claimName"), claim.ClaimName));
        sources.One(source.DownwardAPI, "downwardAPI", static (downward, at, errors) =>
        {
            PathRules.Mode(downward.DefaultMode, at.Child("defaultMode"), errors);
            ProjectionValidation.ValidateFiles(downward.Items, at, errors);
        });
        sources.One(source.ConfigMap, "configMap", Validate);
        sources.One(source.Projected, "projected", ProjectionValidation.Validate);
    }

    private static void ValidateNetwork(VolumeSource source, Sources sources)
    {
        sources.One(source.NFS, "nfs", VolumeSourceRules.Validate);
        sources.One(source.ISCSI, "iscsi", VolumeSourceRules.Validate);
        sources.One(source.Glusterfs, "glusterfs", VolumeSourceRules.Validate);
        sources.One(source.Flocker, "flocker", VolumeSourceRules.Validate);
        sources.One(source.RBD, "rbd", VolumeSourceRules.Validate);
        sources.One(source.Cinder, "cinder", VolumeSourceRules.Validate);
        sources.One(source.CephFS, "cephfs", VolumeSourceRules.Validate);
        sources.One(source.Quobyte, "quobyte", VolumeSourceRules.Validate);
        sources.One(source.FC, "fc", VolumeSourceRules.Validate);
        sources.One(source.FlexVolume, "flexVolume", VolumeSourceRules.Validate);
        sources.One(source.AzureFile, "azureFile", VolumeSourceRules.Validate);
        sources.One(source.VsphereVolume, "vsphereVolume", static (disk, at, errors) =>
            errors.RequireText(at.Child("volumePath"), disk.VolumePath));
        sources.One(source.PhotonPersistentDisk, "photonPersistentDisk", static (disk, at, errors) =>
            errors.RequireText(at.Child("pdID"), disk.PdID));
        sources.One(source.PortworxVolume, "portworxVolume", static (disk, at, errors) =>
            errors.RequireText(at.Child("volumeID"), disk.VolumeID));
        sources.One(source.AzureDisk, "azureDisk", VolumeSourceRules.Validate);
        sources.One(source.StorageOS, "storageos", VolumeSourceRules.Validate);
        sources.One(source.ScaleIO, "scaleIO", VolumeSourceRules.Validate);
        sources.One(source.CSI, "csi", VolumeSourceRules.Validate);
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

    // A volume has one source: the first is checked, each further one refused.
    private sealed class Sources(FieldPath path, List<FieldError> errors)
    {
        public int Count { get; set; }

        public void One<T>(T? source, string name, Action<T, FieldPath, List<FieldError>> validate)
            where T : class
        {
            if (IsOnly(source, name))
            {
                validate(source!, path.Child(name), errors);
            }
        }

        public bool IsOnly(object? source, string name)
        {
            if (source is null)
            {
                return false;
            }

            if (Count++ > 0)
            {
                errors.Forbidden(path.Child(name), OneType);
                return false;
            }

            return true;
        }
    }
}
