using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Storage;
using Netes.Client;
using static Netes.Tests.ControlPlane.Objects;
using static Netes.Tests.ControlPlane.WorkloadTests;

namespace Netes.Tests.ControlPlane.PersistentVolumes;

/// <summary>Volumes, claims and classes for tests, and what to wait for.</summary>
internal static class VolumeObjects
{
    public static PersistentVolume Volume(
        string name, string size = "1Gi", string storageClass = "", string policy = "Retain",
        string mode = PersistentVolumeAccessMode.ReadWriteOnce, string node = "") => new()
        {
            Metadata = new() { Name = name },
            Spec = new()
            {
                Capacity = ValueMap.Of((ResourceName.Storage, Quantity.Parse(size))),
                AccessModes = [mode],
                StorageClassName = storageClass,
                PersistentVolumeReclaimPolicy = policy,
                PersistentVolumeSource = new() { HostPath = new() { Path = "/data/" + name } },
                NodeAffinity = node.Length == 0 ? null : OnNode(node),
            },
        };

    public static VolumeNodeAffinity OnNode(string node) => new()
    {
        Required = new()
        {
            NodeSelectorTerms =
            [
                new()
                {
                    MatchExpressions = [new() { Key = "kubernetes.io/hostname", Operator = "In", Values = [node] }],
                },
            ],
        },
    };

    /// <param name="storageClass">Null: it names none; empty: it wants none.</param>
    public static PersistentVolumeClaim Claim(string name, string size = "1Gi", string? storageClass = "") => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new()
        {
            AccessModes = [PersistentVolumeAccessMode.ReadWriteOnce],
            StorageClassName = storageClass,
            Resources = new() { Requests = ValueMap.Of((ResourceName.Storage, Quantity.Parse(size))) },
        },
    };

    public static StorageClass Class(
        string name, string provisioner, string mode = VolumeBindingMode.Immediate, bool isDefault = false) => new()
        {
            Metadata = new()
            {
                Name = name,
                Annotations = isDefault
                    ? ValueMap.Of(("storageclass.kubernetes.io/is-default-class", "true"))
                    : default,
            },
            Provisioner = provisioner,
            VolumeBindingMode = mode,
        };

    /// <summary>A pod that mounts claims.</summary>
    public static Pod Using(string name, params string[] claims)
    {
        var pod = ToCreate(Pod(name));
        return pod with
        {
            Spec = pod.Spec with
            {
                Volumes = claims.Select(claim => new Volume
                {
                    Name = claim,
                    VolumeSource = new() { PersistentVolumeClaim = new() { ClaimName = claim } },
                }).ToValueList(),
            },
        };
    }

    public static async Task<PersistentVolumeClaim> BoundAsync(this TestCluster cluster, string claim) =>
        (await cluster.WaitForAsync<PersistentVolumeClaim>("default", claim, item => item is
        {
            Status.Phase: PersistentVolumeClaimPhase.Bound
        }))!;

    public static async Task<PersistentVolume> PhaseAsync(this TestCluster cluster, string volume, string phase) =>
        (await cluster.WaitForAsync<PersistentVolume>("", volume, item => item?.Status.Phase == phase))!;

    public static Task EventAsync(this TestCluster cluster, string about, string reason, string message) =>
        cluster.WaitForListAsync<Event>("default", items => items.Any(item =>
            item.InvolvedObject.Name == about && item.Reason == reason && item.Message == message));

    public static Task<T> CreateAsync<T>(this TestCluster cluster, T value)
        where T : class, IResource<T> => cluster.Client.CreateAsync(value, TestCluster.Cancel);
}
