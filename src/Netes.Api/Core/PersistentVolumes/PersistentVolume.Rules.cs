namespace Netes.Api.Core;

/// <summary>Source: SetDefaults_PersistentVolume and ValidatePersistentVolume under pkg/apis/core.</summary>
internal static class PersistentVolumeRules
{
    private const string OneType = "may not specify more than 1 volume type";
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static PersistentVolume Default(PersistentVolume volume) => volume with
    {
        Spec = volume.Spec with
        {
            Capacity = ResourceLists.RoundUp(volume.Spec.Capacity),
            PersistentVolumeReclaimPolicy = volume.Spec.PersistentVolumeReclaimPolicy.Length == 0
                ? PersistentVolumeReclaimPolicy.Retain
                : volume.Spec.PersistentVolumeReclaimPolicy,
            VolumeMode = volume.Spec.VolumeMode ?? PersistentVolumeMode.Filesystem,
            PersistentVolumeSource = volume.Spec.PersistentVolumeSource is { HostPath: { Type: null } path } source
                ? source with { HostPath = path with { Type = "" } }
                : volume.Spec.PersistentVolumeSource,
        },
        Status = volume.Status.Phase.Length == 0
            ? volume.Status with { Phase = PersistentVolumePhase.Pending }
            : volume.Status,
    };

    public static PersistentVolume PrepareCreate(PersistentVolume volume) => volume with
    {
        Status = PersistentVolumeStatus.Empty with { Phase = PersistentVolumePhase.Pending },
    };

    public static List<FieldError> Validate(PersistentVolume volume)
    {
        List<FieldError> errors = [];
        var spec = volume.Spec;
        ClaimRules.ValidateModes(spec.AccessModes, Spec.Child("accessModes"), "", errors);
        ValidateCapacity(spec.Capacity, errors);
        errors.OneOf(Spec.Child("persistentVolumeReclaimPolicy"), spec.PersistentVolumeReclaimPolicy,
            PersistentVolumeReclaimPolicy.Delete, PersistentVolumeReclaimPolicy.Recycle,
                PersistentVolumeReclaimPolicy.Retain);
        if (spec.NodeAffinity is { } affinity)
        {
            var path = Spec.Child("nodeAffinity").Child("required");
            if (affinity.Required is { } required)
            {
                AffinityValidation.ValidateNodes(required, path, errors);
            }
            else
            {
                errors.Required(path, "must specify required node constraints");
            }
        }

        ValidateSource(volume, errors);
        if (spec.StorageClassName.Length > 0)
        {
            errors.Invalid(
                Spec.Child("storageClassName"), spec.StorageClassName, Names.Dns1123Subdomain(spec.StorageClassName));
        }

        if (spec.VolumeMode is { } mode)
        {
            errors.OneOf(Spec.Child("volumeMode"), mode, PersistentVolumeMode.Block, PersistentVolumeMode.Filesystem);
        }

        ValidateAttributes(spec, errors);
        return errors;
    }

    private static void ValidateAttributes(PersistentVolumeSpec spec, List<FieldError> errors)
    {
        var path = Spec.Child("volumeAttributesClassName");
        if (spec.VolumeAttributesClassName is not { } name)
        {
            return;
        }

        if (name.Length == 0)
        {
            errors.Required(path, "an empty string is disallowed");
        }
        else
        {
            errors.Invalid(path, name, Names.Dns1123Subdomain(name));
        }

        if (spec.PersistentVolumeSource.CSI is null)
        {
            errors.Required(Spec.Child("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }

    public static List<FieldError> ValidateUpdate(PersistentVolume next, PersistentVolume old)
    {
        var errors = Validate(next);
        var (after, before) = (next.Spec.PersistentVolumeSource, old.Spec.PersistentVolumeSource);
        if (after != before)
        {
            errors.Forbidden(Spec.Child("persistentvolumesource"),
                $"spec.persistentvolumesource is immutable after creation\n{Differences.Between(before, after)}");
        }

        errors.Immutable(FieldPath.Of("volumeMode"), next.Spec.VolumeMode ?? "", old.Spec.VolumeMode ?? "");
        if (old.Spec.NodeAffinity is not null && next.Spec.NodeAffinity != old.Spec.NodeAffinity)
        {
            errors.Invalid(Spec.Child("nodeAffinity"), next.Spec.NodeAffinity is { } shown ? Shown.Of(shown) : null,
                "field is immutable, except for updating from beta label to GA");
        }

        return errors;
    }

    private static void ValidateCapacity(ValueMap<Quantity> capacity, List<FieldError> errors)
    {
        var path = Spec.Child("capacity");
        if (capacity.IsEmpty)
        {
            errors.Required(path);
        }

        if (!capacity.ContainsKey(ResourceName.Storage) || capacity.Count > 1)
        {
            errors.Add(FieldError.NotSupported(path,
                new Shown($"{{{string.Join(',', capacity.Select(pair => $"\"{pair.Key}\":\"{pair.Value}\""))}}}"),
                [ResourceName.Storage]));
        }

        foreach (var (name, amount) in capacity)
        {
            if (amount <= Quantity.Zero)
            {
                errors.Invalid(path.Key(name), amount, Checks.NotPositive);
            }
        }
    }

    private static void ValidateSource(PersistentVolume volume, List<FieldError> errors)
    {
        var source = volume.Spec.PersistentVolumeSource;
        (string Field, bool IsSet)[] types =
        [
            ("hostPath", source.HostPath is not null), ("gcePersistentDisk", source.GCEPersistentDisk is not null),
            ("awsElasticBlockStore", source.AWSElasticBlockStore is not null),
                ("glusterfs", source.Glusterfs is not null),
            ("flocker", source.Flocker is not null), ("nfs", source.NFS is not null), ("rbd", source.RBD is not null),
            ("quobyte", source.Quobyte is not null), ("cephFS", source.CephFS is not null),
            ("iscsi", source.ISCSI is not null), ("cinder", source.Cinder is not null), ("fc", source.FC is not null),
            ("flexVolume", source.FlexVolume is not null), ("azureFile", source.AzureFile is not null),
            ("vsphereVolume", source.VsphereVolume is not null),
            ("photonPersistentDisk", source.PhotonPersistentDisk is not null),
            ("portworxVolume", source.PortworxVolume is not null), ("azureDisk", source.AzureDisk is not null),
            ("scaleIO", source.ScaleIO is not null), ("local", source.Local is not null),
            ("storageos", source.StorageOS is not null), ("csi", source.CSI is not null),
        ];
        var given = types.Where(type => type.IsSet).ToList();
        if (given.Count == 0)
        {
            errors.Required(Spec, "must specify a volume type");
        }

        foreach (var type in given.Skip(1))
        {
            errors.Forbidden(Spec.Child(type.Field), OneType);
        }

        ValidateCommon(source, errors);
        if (source.Local is { } local)
        {
            ValidateLocal(local, volume.Spec.NodeAffinity, errors);
        }

        if (source.HostPath is { Path: "/" }
            && volume.Spec.PersistentVolumeReclaimPolicy == PersistentVolumeReclaimPolicy.Recycle)
        {
            errors.Forbidden(
                Spec.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'");
        }
    }

    private static void ValidateLocal(LocalVolumeSource local, VolumeNodeAffinity? affinity, List<FieldError> errors)
    {
        var path = Spec.Child("local").Child("path");
        errors.RequireText(path, local.Path);
        PathRules.NoBacksteps(local.Path, path, errors);
        if (affinity is null)
        {
            errors.Required(FieldPath.Of("metadata").Child("annotations"), "Local volume requires node affinity");
        }
    }

    private static void ValidateCommon(PersistentVolumeSource source, List<FieldError> errors)
    {
        if (source.HostPath is { } host)
        {
            VolumeValidation.Validate(host, Spec.Child("hostPath"), errors);
        }

        if (source.NFS is { } share)
        {
            VolumeSourceRules.Validate(share, Spec.Child("nfs"), errors);
        }

        if (source.ISCSI is { } disk)
        {
            errors.RequireText(Spec.Child("iscsi").Child("targetPortal"), disk.TargetPortal);
            VolumeSourceRules.ValidateIqn(disk.IQN, Spec.Child("iscsi").Child("iqn"), errors);
        }

        if (source.FC is { } channel)
        {
            VolumeSourceRules.Validate(channel, Spec.Child("fc"), errors);
        }

        if (source.FlexVolume is { } flex)
        {
            VolumeSourceRules.ValidateFlex(flex.Driver, flex.Options, Spec.Child("flexVolume"), errors);
        }

        if (source.CSI is { } driver)
        {
            VolumeSourceRules.ValidateDriver(driver.Driver, Spec.Child("csi").Child("driver"), errors);
            errors.RequireText(Spec.Child("csi").Child("volumeHandle"), driver.VolumeHandle);
        }
    }
}
