using Netes.Api.Meta;

namespace Netes.Api.Core;

[ApiType("io.k8s.api.core.v1.LinuxContainerUser")]
public sealed partial record LinuxContainerUser
{
    [Field(1, "uid", Required = true)]
    public partial long Uid { get; init; }

    [Field(2, "gid", Required = true)]
    public partial long GID { get; init; }

    [Field(3, "supplementalGroups", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<long> SupplementalGroups { get; init; }
}
