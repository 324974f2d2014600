using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Names an object in the same namespace.</summary>
[ApiType("io.k8s.api.core.v1.LocalObjectReference")]
public sealed partial record LocalObjectReference
{
    /// <summary>The name of the object.</summary>
    [Field(1, "name", OmitEmpty = true, Default = "\"\"")]
    public partial string Name { get; init; }
}
