namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Table")]
[ApiKind("", "v1", "Table")]
public sealed partial record Table
{
    /// <summary>What every object has: name, namespace, labels and so on.</summary>
    [Field(0, "metadata", OmitEmpty = true)]
    public partial ListMeta Metadata { get; init; }

    [Field(0, "columnDefinitions", Required = true, ListType = "atomic")]
    public partial ValueList<TableColumnDefinition> ColumnDefinitions { get; init; }

    [Field(0, "rows", Required = true, ListType = "atomic")]
    public partial ValueList<TableRow> Rows { get; init; }
}
