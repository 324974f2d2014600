namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement")]
public sealed partial record LabelSelectorRequirement
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "operator", Required = true, EnumOf = typeof(LabelSelectorOperator))]
    public partial string Operator { get; init; }

    [Field(3, "values", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Values { get; init; }
}
