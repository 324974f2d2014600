namespace Netes.Api.Core;

/// <summary>Volumes of storage systems. Source: pkg/apis/core/validation/validation.go.</summary>
internal static class VolumeSourceRules
{
    /// <summary>Three sources that Kubernetes checks before secrets; answers how many there are.</summary>
    public static int ValidateFirst(VolumeSource source, int before, FieldPath path, List<FieldError> errors)
    {
        var types = 0;
        foreach (var (name, isSet) in ((string, bool)[])
        [
            ("gitRepo", source.GitRepo is not null), ("gcePersistentDisk", source.GCEPersistentDisk is not null),
            ("awsElasticBlockStore", source.AWSElasticBlockStore is not null),
        ])
        {
            if (isSet && before + types++ > 0)
            {
                errors.Forbidden(path.Child(name), "may not specify more than 1 volume type");
            }
        }

        if (types != 1 || before > 0)
        {
            return types;
        }

        if (source.GitRepo is { } git)
        {
            errors.RequireText(path.Child("gitRepo").Child("repository"), git.Repository);
            PathRules.Descending(git.Directory, path.Child("gitRepo").Child("directory"), errors);
        }
        else if (source.GCEPersistentDisk is { } google)
        {
            Validate(google, path.Child("persistentDisk"), errors);
        }
        else if (source.AWSElasticBlockStore is { } amazon)
        {
            Validate(amazon, path.Child("awsElasticBlockStore"), errors);
        }

        return types;
    }

    public static void Validate(GCEPersistentDiskVolumeSource disk, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("pdName"), disk.PDName);
        ValidatePartition(disk.Partition, path.Child("partition"), errors);
    }

    public static void Validate(AWSElasticBlockStoreVolumeSource disk, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("volumeID"), disk.VolumeID);
        ValidatePartition(disk.Partition, path.Child("partition"), errors);
    }

    public static void Validate(NFSVolumeSource share, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("server"), share.Server);
        errors.RequireText(path.Child("path"), share.Path);
        if (!share.Path.StartsWith('/'))
        {
            errors.Invalid(path.Child("path"), share.Path, "must be an absolute path");
        }
    }

    public static void Validate(ISCSIVolumeSource disk, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("targetPortal"), disk.TargetPortal);
        ValidateIqn(disk.IQN, path.Child("iqn"), errors);
        errors.Invalid(path.Child("lun"), disk.Lun, Names.InRange(disk.Lun, 0, 255));
        if ((disk.DiscoveryCHAPAuth || disk.SessionCHAPAuth) && disk.SecretRef is null)
        {
            errors.Required(path.Child("secretRef"));
        }
    }

    public static void ValidateIqn(string name, FieldPath path, List<FieldError> errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else if (!name.StartsWith("iqn", StringComparison.Ordinal) && !name.StartsWith("eui", StringComparison.Ordinal)
            && !name.StartsWith("naa", StringComparison.Ordinal))
        {
            errors.Invalid(path, name, "must be valid format starting with iqn, eui, or naa");
        }
    }

    public static void Validate(GlusterfsVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("endpoints"), volume.EndpointsName);
        errors.RequireText(path.Child("path"), volume.Path);
    }

    public static void Validate(FlockerVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        if (volume is { DatasetName: "", DatasetUUID: "" })
        {
            errors.Required(path, "one of datasetName and datasetUUID is required");
        }

        if (volume is { DatasetName.Length: > 0, DatasetUUID.Length: > 0 })
        {
            errors.Invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }

        if (volume.DatasetName.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("datasetName"), volume.DatasetName, "must not contain '/'");
        }
    }

    public static void Validate(RBDVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        RequireAny(volume.CephMonitors, path.Child("monitors"), errors);
        errors.RequireText(path.Child("image"), volume.RBDImage);
    }

    public static void Validate(CinderVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("volumeID"), volume.VolumeID);
        if (volume.SecretRef is { } secret)
        {
            errors.RequireText(path.Child("secretRef").Child("name"), secret.Name);
        }
    }

    public static void Validate(CephFSVolumeSource volume, FieldPath path, List<FieldError> errors) =>
        RequireAny(volume.Monitors, path.Child("monitors"), errors);

    public static void Validate(QuobyteVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("registry"), volume.Registry,
            "must be a host:port pair or multiple pairs separated by commas");
        errors.RequireText(path.Child("volume"), volume.Volume);
    }

    public static void Validate(FCVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        if (volume.TargetWWNs.IsEmpty && volume.WWIDs.IsEmpty)
        {
            errors.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }

        if (!volume.TargetWWNs.IsEmpty && !volume.WWIDs.IsEmpty)
        {
            errors.Invalid(path.Child("targetWWNs"), Shown.Strings(volume.TargetWWNs),
                "targetWWNs and wwids can not be specified simultaneously");
        }

        if (volume.TargetWWNs.IsEmpty)
        {
            return;
        }

        if (volume.Lun is not { } lun)
        {
            errors.Required(path.Child("lun"), "lun is required if targetWWNs is specified");
        }
        else
        {
            errors.Invalid(path.Child("lun"), lun, Names.InRange(lun, 0, 255));
        }
    }

    public static void Validate(FlexVolumeSource volume, FieldPath path, List<FieldError> errors) =>
        ValidateFlex(volume.Driver, volume.Options, path, errors);

    public static void ValidateFlex(string driver, ValueMap<string> options, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("driver"), driver);
        foreach (var key in options.Keys)
        {
            var domain = $".{key.Split('/', 2)[0].ToLowerInvariant()}";
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal)
                || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
            {
                errors.Invalid(path.Child("options").Key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    public static void Validate(AzureFileVolumeSource share, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("secretName"), share.SecretName);
        errors.RequireText(path.Child("shareName"), share.ShareName);
    }

    public static void Validate(AzureDiskVolumeSource disk, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("diskName"), disk.DiskName);
        errors.RequireText(path.Child("diskURI"), disk.DataDiskURI);
        if (disk.CachingMode is { } caching)
        {
            errors.OneOf(path.Child("cachingMode"), caching, AzureDataDiskCachingMode.None,
                AzureDataDiskCachingMode.ReadOnly, AzureDataDiskCachingMode.ReadWrite);
        }

        if (disk.Kind is { } kind)
        {
            errors.OneOf(path.Child("kind"), kind,
                AzureDataDiskKind.Dedicated, AzureDataDiskKind.Managed, AzureDataDiskKind.Shared);
        }
    }

    public static void Validate(StorageOSVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("volumeName"), volume.VolumeName);
        if (volume.SecretRef is { } secret)
        {
            errors.RequireText(path.Child("secretRef").Child("name"), secret.Name);
        }
    }

    public static void Validate(ScaleIOVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("gateway"), volume.Gateway);
        errors.RequireText(path.Child("system"), volume.System);
        errors.RequireText(path.Child("volumeName"), volume.VolumeName);
    }

    public static void Validate(CSIVolumeSource volume, FieldPath path, List<FieldError> errors)
    {
        ValidateDriver(volume.Driver, path.Child("driver"), errors);
        if (volume.NodePublishSecretRef is { } secret)
        {
            errors.RequireText(path.Child("nodePublishSecretRef").Child("name"), secret.Name);
        }
    }

    /// <summary>The name of a CSI driver: a domain, in either case. Source: ValidateCSIDriverName.</summary>
    public static void ValidateDriver(string driver, FieldPath path, List<FieldError> errors)
    {
        if (driver.Length == 0)
        {
            errors.Required(path);
            return;
        }

        if (driver.Length > 63)
        {
            errors.Add(FieldError.TooLong(path, 63));
        }

        errors.Invalid(path, driver, Names.Dns1123Subdomain(driver.ToLowerInvariant()));
    }

    public static void RequireAny(ValueList<string> list, FieldPath path, List<FieldError> errors)
    {
        if (list.IsEmpty)
        {
            errors.Required(path);
        }
    }

    private static void ValidatePartition(int partition, FieldPath path, List<FieldError> errors)
    {
        if (partition is < 0 or > 255)
        {
            errors.Invalid(path, partition, Names.Range(1, 255));
        }
    }
}
