using Netes.Api.Meta;

namespace Netes.Api.Apps;

[ApiType("io.k8s.api.apps.v1.ControllerRevision")]
[ApiKind("apps", "v1", "ControllerRevision")]
public sealed partial record ControllerRevision : IKubernetesObject
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    [Field(2, "data")]
    public partial RawJson? Data { get; init; }

    [Field(3, "revision", Required = true)]
    public partial long Revision { get; init; }
}

[ApiType("io.k8s.api.apps.v1.ControllerRevisionList")]
[ApiKind("apps", "v1", "ControllerRevisionList")]
public sealed partial record ControllerRevisionList : IKubernetesList<ControllerRevision>
{
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(2, "items", Required = true)]
    public partial ValueList<ControllerRevision> Items { get; init; }
}
