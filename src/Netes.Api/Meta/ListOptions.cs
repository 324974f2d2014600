namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions")]
[ApiKind("", "v1", "ListOptions")]
public sealed partial record ListOptions
{
    [Field(1, "labelSelector", OmitEmpty = true)]
    public partial string LabelSelector { get; init; }

    [Field(2, "fieldSelector", OmitEmpty = true)]
    public partial string FieldSelector { get; init; }

    [Field(3, "watch", OmitEmpty = true)]
    public partial bool Watch { get; init; }

    [Field(9, "allowWatchBookmarks", OmitEmpty = true)]
    public partial bool AllowWatchBookmarks { get; init; }

    [Field(4, "resourceVersion", OmitEmpty = true)]
    public partial string ResourceVersion { get; init; }

    [Field(10, "resourceVersionMatch", OmitEmpty = true, EnumOf = typeof(ResourceVersionMatch))]
    public partial string ResourceVersionMatch { get; init; }

    [Field(5, "timeoutSeconds", OmitEmpty = true)]
    public partial long? TimeoutSeconds { get; init; }

    [Field(7, "limit", OmitEmpty = true)]
    public partial long Limit { get; init; }

    [Field(8, "continue", OmitEmpty = true)]
    public partial string Continue { get; init; }

    [Field(11, "sendInitialEvents", OmitEmpty = true)]
    public partial bool? SendInitialEvents { get; init; }

    [Field(15, "shardSelector", OmitEmpty = true)]
    public partial string ShardSelector { get; init; }
}
