namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")]
public sealed partial record ListMeta
{
    [Field(1, "selfLink", OmitEmpty = true)]
    public partial string SelfLink { get; init; }

    [Field(2, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    [Field(3, "continue", OmitEmpty = true)]
    public partial string Continue { get; init; }

    [Field(4, "remainingItemCount", OmitEmpty = true)]
    public partial long? RemainingItemCount { get; init; }

    [Field(5, "shardInfo", OmitEmpty = true)]
    public partial ShardInfo? ShardInfo { get; init; }
}
