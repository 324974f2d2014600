using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Rbac;

/// <summary>Someone who gets rights.</summary>
[ApiType("io.k8s.api.rbac.v1.Subject")]
public sealed partial record Subject
{
    /// <summary>User, Group or ServiceAccount.</summary>
    [Field(1, "kind", Required = true)]
    public partial string Kind { get; init; }

    /// <summary>The group of the kind.</summary>
    [Field(2, "apiGroup", OmitEmpty = true)]
    public partial string ApiGroup { get; init; }

    /// <summary>The name of the subject.</summary>
    [Field(3, "name", Required = true)]
    public partial string Name { get; init; }

    /// <summary>The namespace of a service account.</summary>
    [Field(4, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }
}
