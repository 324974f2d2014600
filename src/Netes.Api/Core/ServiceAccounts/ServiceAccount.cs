using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceAccount")]
[ApiKind("", "v1", "ServiceAccount")]
public sealed partial record ServiceAccount : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "secrets", OmitEmpty = true, ListType = "map", ListMapKeys = ["name"], PatchStrategy = "merge",
        PatchMergeKey = "name")]
    public partial ValueList<ObjectReference> Secrets { get; init; }

    [Field(3, "imagePullSecrets", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<LocalObjectReference> ImagePullSecrets { get; init; }

    [Field(4, "automountServiceAccountToken", OmitEmpty = true)]
    public partial bool? AutomountServiceAccountToken { get; init; }
}

[ApiType("io.k8s.api.core.v1.ServiceAccountList")]
[ApiKind("", "v1", "ServiceAccountList")]
public sealed partial record ServiceAccountList : IKubernetesList<ServiceAccount>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ServiceAccount> Items { get; init; }
}
