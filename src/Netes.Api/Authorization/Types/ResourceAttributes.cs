using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.ResourceAttributes")]
public sealed partial record ResourceAttributes
{
    [Field(1, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(2, "verb", OmitEmpty = true)]
    public partial string Verb { get; init; }

    [Field(3, "group", OmitEmpty = true)]
    public partial string Group { get; init; }

    [Field(4, "version", OmitEmpty = true)]
    public partial string Version { get; init; }

    [Field(5, "resource", OmitEmpty = true)]
    public partial string Resource { get; init; }

    [Field(6, "subresource", OmitEmpty = true)]
    public partial string Subresource { get; init; }

    [Field(7, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(8, "fieldSelector", OmitEmpty = true)]
    public partial FieldSelectorAttributes? FieldSelector { get; init; }

    [Field(9, "labelSelector", OmitEmpty = true)]
    public partial LabelSelectorAttributes? LabelSelector { get; init; }
}
