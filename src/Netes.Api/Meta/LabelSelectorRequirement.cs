namespace Netes.Api.Meta;

/// <summary>A condition on one label.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement")]
public sealed partial record LabelSelectorRequirement
{
    /// <summary>The name of the label.</summary>
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Field(2, "operator", Required = true, EnumOf = typeof(LabelSelectorOperator))]
    public partial string Operator { get; init; }

    /// <summary>The values for In and NotIn; empty for the others.</summary>
    [Field(3, "values", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Values { get; init; }
}
