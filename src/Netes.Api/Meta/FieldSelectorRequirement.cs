namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement")]
public sealed partial record FieldSelectorRequirement
{
    [Field(1, "key", Required = true)]
    public partial string Key { get; init; }

    [Field(2, "operator", Required = true, EnumOf = typeof(FieldSelectorOperator))]
    public partial string Operator { get; init; }

    [Field(3, "values", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<string> Values { get; init; }
}
