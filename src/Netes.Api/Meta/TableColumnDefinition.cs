namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.TableColumnDefinition")]
public sealed partial record TableColumnDefinition
{
    [Field(0, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(0, "type", Required = true)]
    public partial string Type { get; init; }

    [Field(0, "format", Required = true)]
    public partial string Format { get; init; }

    [Field(0, "description", Required = true)]
    public partial string Description { get; init; }

    [Field(0, "priority", Required = true)]
    public partial int Priority { get; init; }
}
