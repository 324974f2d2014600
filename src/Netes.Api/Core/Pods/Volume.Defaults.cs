namespace Netes.Api.Core;

/// <summary>What volumes get. Source: pkg/apis/core/v1/defaults.go.</summary>
internal static class VolumeDefaults
{
    private const int FileMode = 420; // 0644
    private const long TokenSeconds = 3600;

    public static Volume Apply(Volume volume)
    {
        var source = Apply(volume.VolumeSource);
        return ReferenceEquals(source, volume.VolumeSource) ? volume : volume with { VolumeSource = source };
    }

    private static VolumeSource Apply(VolumeSource source) => source switch
    {
        { Secret: { DefaultMode: null } secret } => source with { Secret = secret with { DefaultMode = FileMode } },
        { ConfigMap: { DefaultMode: null } map } => source with { ConfigMap = map with { DefaultMode = FileMode } },
        { DownwardAPI: { } downward } => source with
        {
            DownwardAPI = downward with
            {
                DefaultMode = downward.DefaultMode ?? FileMode,
                Items = downward.Items.Map(Apply),
            },
        },
        { Projected: { } projected } => source with
        {
            Projected = projected with
            {
                DefaultMode = projected.DefaultMode ?? FileMode,
                Sources = projected.Sources.Map(Apply),
            },
        },
        { HostPath: { Type: null } path } => source with { HostPath = path with { Type = "" } },
        { Image: { PullPolicy: "" } image } => source with
        {
            Image = image with { PullPolicy = ContainerDefaults.PullPolicyOf(image.Reference) },
        },
        { Ephemeral.VolumeClaimTemplate: { Spec.VolumeMode: null } claim } => source with
        {
            Ephemeral = source.Ephemeral with
            {
                VolumeClaimTemplate = claim with
                {
                    Spec = claim.Spec with { VolumeMode = PersistentVolumeMode.Filesystem },
                },
            },
        },
        _ when source == VolumeSource.Empty => source with { EmptyDir = EmptyDirVolumeSource.Empty },
        _ => ApplyNetwork(source),
    };

    private static VolumeSource ApplyNetwork(VolumeSource source) => source switch
    {
        { ISCSI: { ISCSIInterface: "" } iscsi } => source with { ISCSI = iscsi with { ISCSIInterface = "default" } },
        { RBD: { } rbd } => source with
        {
            RBD = rbd with
            {
                RBDPool = rbd.RBDPool.Length == 0 ? "rbd" : rbd.RBDPool,
                RadosUser = rbd.RadosUser.Length == 0 ? "admin" : rbd.RadosUser,
                Keyring = rbd.Keyring.Length == 0 ? "/etc/ceph/keyring" : rbd.Keyring,
            },
        },
        { AzureDisk: { } disk } => source with
        {
            AzureDisk = disk with
            {
                CachingMode = disk.CachingMode ?? AzureDataDiskCachingMode.ReadWrite,
                Kind = disk.Kind ?? AzureDataDiskKind.Shared,
                FSType = disk.FSType ?? "ext4",
                ReadOnly = disk.ReadOnly ?? false,
            },
        },
        { ScaleIO: { } scale } => source with
        {
            ScaleIO = scale with
            {
                StorageMode = scale.StorageMode.Length == 0 ? "ThinProvisioned" : scale.StorageMode,
                FSType = scale.FSType.Length == 0 ? "xfs" : scale.FSType,
            },
        },
        _ => source,
    };

    private static DownwardAPIVolumeFile Apply(DownwardAPIVolumeFile file) =>
        file.FieldRef is { ApiVersion: "" } ? file with { FieldRef = ContainerDefaults.Apply(file.FieldRef) } : file;

    private static VolumeProjection Apply(VolumeProjection projection) => projection switch
    {
        { DownwardAPI: { } downward } => projection with
        {
            DownwardAPI = downward with { Items = downward.Items.Map(Apply) },
        },
        { ServiceAccountToken: { ExpirationSeconds: null } token } => projection with
        {
            ServiceAccountToken = token with { ExpirationSeconds = TokenSeconds },
        },
        _ => projection,
    };
}
