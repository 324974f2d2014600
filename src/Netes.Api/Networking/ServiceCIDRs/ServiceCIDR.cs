using Netes.Api.Meta;

namespace Netes.Api.Networking;

[ApiType("io.k8s.api.networking.v1.ServiceCIDR")]
[ApiKind("networking.k8s.io", "v1", "ServiceCIDR")]
public sealed partial record ServiceCIDR : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial ServiceCIDRSpec Spec { get; init; }

    /// <summary>What is; written by the system.</summary>
    [Field(3, "status", OmitEmpty = true)]
    public partial ServiceCIDRStatus Status { get; init; }
}

/// <summary>A list of objects of kind ServiceCIDR.</summary>
[ApiType("io.k8s.api.networking.v1.ServiceCIDRList")]
[ApiKind("networking.k8s.io", "v1", "ServiceCIDRList")]
public sealed partial record ServiceCIDRList : IKubernetesList<ServiceCIDR>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<ServiceCIDR> Items { get; init; }
}

[ApiType("io.k8s.api.networking.v1.ServiceCIDRSpec")]
public sealed partial record ServiceCIDRSpec
{
    [Field(1, "cidrs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> CIDRs { get; init; }
}

[ApiType("io.k8s.api.networking.v1.ServiceCIDRStatus")]
public sealed partial record ServiceCIDRStatus
{
    /// <summary>Aspects of the state.</summary>
    [Field(1, "conditions", OmitEmpty = true, ListType = "map", ListMapKeys = ["type"], PatchStrategy = "merge",
        PatchMergeKey = "type")]
    public partial ValueList<Condition> Conditions { get; init; }
}
