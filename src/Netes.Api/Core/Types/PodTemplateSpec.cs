using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>The pods that a controller makes.</summary>
[ApiType("io.k8s.api.core.v1.PodTemplateSpec")]
public sealed partial record PodTemplateSpec
{
    /// <summary>Names and labels of the pods.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ObjectMeta Metadata { get; init; }

    /// <summary>What the pods are to be.</summary>
    [Field(2, "spec", OmitEmpty = true)]
    public partial PodSpec Spec { get; init; }
}
