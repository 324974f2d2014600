using Netes.Api.Meta;

namespace Netes.Api.Core;

/// <summary>An empty directory.</summary>
[ApiType("io.k8s.api.core.v1.EmptyDirVolumeSource")]
public sealed partial record EmptyDirVolumeSource
{
    /// <summary>Memory keeps it in memory; empty uses the node's disk.</summary>
    [Field(1, "medium", OmitEmpty = true, EnumOf = typeof(StorageMedium))]
    public partial string Medium { get; init; }

    /// <summary>The most it may hold.</summary>
    [Field(2, "sizeLimit", OmitEmpty = true)]
    public partial Quantity? SizeLimit { get; init; }
}
