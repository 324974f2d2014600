using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>Names any object.</summary>
[ApiType("io.k8s.api.core.v1.ObjectReference")]
public sealed partial record ObjectReference
{
    /// <summary>The kind of the object.</summary>
    [Field(1, "kind", OmitEmpty = true)]
    public partial string Kind { get; init; }

    /// <summary>The namespace of the object.</summary>
    [Field(2, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    /// <summary>The name of the object.</summary>
    [Field(3, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    /// <summary>The unique value of the object.</summary>
    [Field(4, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }

    /// <summary>The group and version of the object.</summary>
    [Field(5, "apiVersion", OmitEmpty = true)]
    public partial string ApiVersion { get; init; }

    /// <summary>The revision of the object.</summary>
    [Field(6, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    /// <summary>A part of the object.</summary>
    [Field(7, "fieldPath", OmitEmpty = true)]
    public partial string FieldPath { get; init; }
}
