using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Networking;

[ApiType("io.k8s.api.networking.v1.IPAddress")]
[ApiKind("networking.k8s.io", "v1", "IPAddress")]
public sealed partial record IPAddress : IKubernetesObject
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What is wanted.</summary>
    [Field(2, "spec", OmitEmpty = true, Required = true)]
    public partial IPAddressSpec Spec { get; init; }
}

/// <summary>A list of objects of kind IPAddress.</summary>
[ApiType("io.k8s.api.networking.v1.IPAddressList")]
[ApiKind("networking.k8s.io", "v1", "IPAddressList")]
public sealed partial record IPAddressList : IKubernetesList<IPAddress>
{
    /// <summary>The revision of the list, and where to go on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>The objects.</summary>
    [Field(2, "items", Required = true)]
    public partial ValueList<IPAddress> Items { get; init; }
}

[ApiType("io.k8s.api.networking.v1.IPAddressSpec")]
public sealed partial record IPAddressSpec
{
    [Field(1, "parentRef", OmitEmpty = true, Required = true)]
    public partial ParentReference? ParentRef { get; init; }
}

[ApiType("io.k8s.api.networking.v1.ParentReference")]
public sealed partial record ParentReference
{
    [Field(1, "group", OmitEmpty = true)]
    public partial string Group { get; init; }

    [Field(2, "resource", OmitEmpty = true, Required = true)]
    public partial string Resource { get; init; }

    [Field(3, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(4, "name", OmitEmpty = true, Required = true)]
    public partial string Name { get; init; }
}
