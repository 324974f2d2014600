using Netes.Api.Authentication;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Api.Admission;

[ApiType("io.k8s.api.admission.v1.AdmissionRequest")]
public sealed partial record AdmissionRequest
{
    [Field(1, "uid")]
    public partial string Uid { get; init; }

    [Field(2, "kind")]
    public partial GroupVersionKind Kind { get; init; }

    [Field(3, "resource")]
    public partial GroupVersionResource Resource { get; init; }

    [Field(4, "subResource", OmitEmpty = true)]
    public partial string SubResource { get; init; }

    [Field(13, "requestKind", OmitEmpty = true)]
    public partial GroupVersionKind? RequestKind { get; init; }

    [Field(14, "requestResource", OmitEmpty = true)]
    public partial GroupVersionResource? RequestResource { get; init; }

    [Field(15, "requestSubResource", OmitEmpty = true)]
    public partial string RequestSubResource { get; init; }

    [Field(5, "name", OmitEmpty = true)]
    public partial string Name { get; init; }

    [Field(6, "namespace", OmitEmpty = true)]
    public partial string Namespace { get; init; }

    [Field(7, "operation", EnumOf = typeof(Operation))]
    public partial string Operation { get; init; }

    [Field(8, "userInfo")]
    public partial UserInfo UserInfo { get; init; }

    [Field(9, "object")]
    public partial RawJson? Object { get; init; }

    [Field(10, "oldObject")]
    public partial RawJson? OldObject { get; init; }

    [Field(11, "dryRun", OmitEmpty = true)]
    public partial bool? DryRun { get; init; }

    [Field(12, "options")]
    public partial RawJson? Options { get; init; }
}
