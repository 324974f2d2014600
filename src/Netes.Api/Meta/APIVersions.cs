namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions")]
[ApiKind("", "v1", "APIVersions")]
public sealed partial record APIVersions
{
    [Field(1, "versions", Required = true, ListType = "atomic")]
    public partial ValueList<string> Versions { get; init; }

    [Field(2, "serverAddressByClientCIDRs", Required = true, ListType = "atomic")]
    public partial ValueList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init; }
}
