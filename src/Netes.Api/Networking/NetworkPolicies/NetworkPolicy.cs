using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Networking;

/// <summary>Which traffic pods may have.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicy")]
[ApiKind("networking.k8s.io", "v1", "NetworkPolicy")]
public sealed partial record NetworkPolicy : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial NetworkPolicySpec Spec { get; init; }
}

/// <summary>A list of objects of kind NetworkPolicy.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicyList")]
[ApiKind("networking.k8s.io", "v1", "NetworkPolicyList")]
public sealed partial record NetworkPolicyList : IKubernetesList<NetworkPolicy>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<NetworkPolicy> Items { get; init; }
}

/// <summary>Which pods a policy is for, and what they may do.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicySpec")]
public sealed partial record NetworkPolicySpec
{
    /// <summary>The pods it is for.</summary>
    [Field(1, "podSelector")]
    public partial LabelSelector PodSelector { get; init; }

    /// <summary>Traffic that may come in.</summary>
    [Field(2, "ingress", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NetworkPolicyIngressRule> Ingress { get; init; }

    /// <summary>Traffic that may go out.</summary>
    [Field(3, "egress", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NetworkPolicyEgressRule> Egress { get; init; }

    /// <summary>Ingress, Egress, or both.</summary>
    [Field(4, "policyTypes", OmitEmpty = true, ListType = "atomic", EnumOf = typeof(PolicyType))]
    public partial ValueList<string> PolicyTypes { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IPBlock")]
public sealed partial record IPBlock
{
    [Field(1, "cidr", Required = true)]
    public partial string CIDR { get; init; }

    [Field(2, "except", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Except { get; init; }
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicyEgressRule")]
public sealed partial record NetworkPolicyEgressRule
{
    [Field(1, "ports", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NetworkPolicyPort> Ports { get; init; }

    [Field(2, "to", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NetworkPolicyPeer> To { get; init; }
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicyIngressRule")]
public sealed partial record NetworkPolicyIngressRule
{
    [Field(1, "ports", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NetworkPolicyPort> Ports { get; init; }

    [Field(2, "from", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<NetworkPolicyPeer> From { get; init; }
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicyPeer")]
public sealed partial record NetworkPolicyPeer
{
    [Field(1, "podSelector", OmitEmpty = true)]
    public partial LabelSelector? PodSelector { get; init; }

    [Field(2, "namespaceSelector", OmitEmpty = true)]
    public partial LabelSelector? NamespaceSelector { get; init; }

    [Field(3, "ipBlock", OmitEmpty = true)]
    public partial IPBlock? IPBlock { get; init; }
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicyPort")]
public sealed partial record NetworkPolicyPort
{
    [Field(1, "protocol", OmitEmpty = true, EnumOf = typeof(Protocol))]
    public partial string? Protocol { get; init; }

    [Field(2, "port", OmitEmpty = true)]
    public partial IntOrString? Port { get; init; }

    [Field(3, "endPort", OmitEmpty = true)]
    public partial int? EndPort { get; init; }
}

/// <summary>The values of <c>PolicyType</c>.</summary>
public static class PolicyType
{
    public const string Egress = "Egress";
    public const string Ingress = "Ingress";
}
