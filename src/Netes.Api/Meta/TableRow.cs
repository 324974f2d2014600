namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableRow")]
public sealed partial record TableRow
{
    [Field(0, "cells", Required = true, ListType = "atomic")]
    public partial ValueList<RawJson> Cells { get; init; }

    /// <summary>Aspects of the state.</summary>
    [Field(0, "conditions", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<TableRowCondition> Conditions { get; init; }

    [Field(0, "object")]
    public partial RawJson? Object { get; init; }
}
