namespace Netes.Api.Meta;

/// <summary>What every list has: its revision, and where to go on.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")]
public sealed partial record ListMeta
{
    /// <summary>Deprecated: no longer filled in.</summary>
    [Field(1, "selfLink", OmitEmpty = true)]
    public partial string SelfLink { get; init; }

    /// <summary>The revision of the list, to start a watch from.</summary>
    [Field(2, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    /// <summary>Set when there are more objects: pass it to get the next page.</summary>
    [Field(3, "continue", OmitEmpty = true)]
    public partial string Continue { get; init; }

    /// <summary>How many objects are left after this page, if that is known.</summary>
    [Field(4, "remainingItemCount", OmitEmpty = true)]
    public partial long? RemainingItemCount { get; init; }

    [Field(5, "shardInfo", OmitEmpty = true)]
    public partial ShardInfo? ShardInfo { get; init; }
}
