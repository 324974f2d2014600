using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Networking;

[ApiType("io.k8s.api.networking.v1.IngressClass")]
[ApiKind("networking.k8s.io", "v1", "IngressClass")]
public sealed partial record IngressClass : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial IngressClassSpec Spec { get; init; }
}

/// <summary>A list of objects of kind IngressClass.</summary>
[ApiType("io.k8s.api.networking.v1.IngressClassList")]
[ApiKind("networking.k8s.io", "v1", "IngressClassList")]
public sealed partial record IngressClassList : IKubernetesList<IngressClass>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<IngressClass> Items { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressClassSpec")]
public sealed partial record IngressClassSpec
{
    [Field(1, "controller", OmitEmpty = true)]
    public partial string Controller { get; init; }

    [Field(2, "parameters", OmitEmpty = true)]
    public partial IngressClassParametersReference? Parameters { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IngressClassParametersReference")]
public sealed partial record IngressClassParametersReference
{
    [Field(1, "apiGroup", OmitEmpty = true)]
    public partial string? ApiGroup { get; init; }

    [Field(2, "kind", Required = true)]
    public partial string Kind { get; init; }

    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(4, "scope")]
    public partial string? Scope { get; init; }

    [Field(5, "namespace", OmitEmpty = true)]
    public partial string? Namespace { get; init; }
}
