namespace Netes.Api.Meta;

/// <summary>The answer to a request that did not give an object, or failed.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Status")]
[ApiKind("", "v1", "Status")]
public sealed partial record Status
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(1, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    /// <summary>Success or Failure.</summary>
    [Field(2, "status", OmitEmpty = true)]
    public partial string StatusValue { get; init; }

    /// <summary>What happened, for people.</summary>
    [Field(3, "message", OmitEmpty = true)]
    public partial string Message { get; init; }

    /// <summary>What happened, in one word for programs.</summary>
    [Field(4, "reason", OmitEmpty = true, EnumOf = typeof(StatusReason))]
    public partial string Reason { get; init; }

    /// <summary>More about the reason.</summary>
    [Field(5, "details", OmitEmpty = true)]
    public partial StatusDetails? Details { get; init; }

    /// <summary>The HTTP status code.</summary>
    [Field(6, "code", OmitEmpty = true)]
    public partial int Code { get; init; }
}
