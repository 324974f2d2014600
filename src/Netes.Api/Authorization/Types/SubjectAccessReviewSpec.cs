using Netes.Api.Meta;

namespace Netes.Api.Authorization;

[ApiType("io.k8s.api.authorization.v1.SubjectAccessReviewSpec")]
public sealed partial record SubjectAccessReviewSpec
{
    [Field(1, "resourceAttributes", OmitEmpty = true)]
    public partial ResourceAttributes? ResourceAttributes { get; init; }

    [Field(2, "nonResourceAttributes", OmitEmpty = true)]
    public partial NonResourceAttributes? NonResourceAttributes { get; init; }

    [Field(3, "user", OmitEmpty = true)]
    public partial string User { get; init; }

    [Field(4, "groups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Groups { get; init; }

    [Field(5, "extra", OmitEmpty = true)]
    public partial ValueMap<ValueList<string>> Extra { get; init; }

    [Field(6, "uid", OmitEmpty = true)]
    public partial string Uid { get; init; }
}
