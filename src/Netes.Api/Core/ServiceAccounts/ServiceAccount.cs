using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>An identity for pods.</summary>
[ApiType("io.k8s.api.core.v1.ServiceAccount")]
[ApiKind("", "v1", "ServiceAccount")]
public sealed partial record ServiceAccount : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>Secrets that pods of this identity may use.</summary>
    [Field(2, "secrets", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<ObjectReference> Secrets { get; init; }

    /// <summary>Secrets with which its pods pull images.</summary>
    [Field(3, "imagePullSecrets", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LocalObjectReference> ImagePullSecrets { get; init; }

    /// <summary>False keeps the token out of its pods.</summary>
    [Field(4, "automountServiceAccountToken", OmitEmpty = true)]
    public partial bool? AutomountServiceAccountToken { get; init; }
}

/// <summary>A list of objects of kind ServiceAccount.</summary>
[ApiType("io.k8s.api.core.v1.ServiceAccountList")]
[ApiKind("", "v1", "ServiceAccountList")]
public sealed partial record ServiceAccountList : IKubernetesList<ServiceAccount>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ServiceAccount> Items { get; init; }
}
