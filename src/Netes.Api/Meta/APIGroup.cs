namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup")]
[ApiKind("", "v1", "APIGroup")]
public sealed partial record APIGroup
{
    [Field(1, "name", Required = true)]
    public partial string Name { get; init; }

    [Field(2, "versions", Required = true, ListType = "atomic")]
    public partial ValueList<GroupVersionForDiscovery> Versions { get; init; }

    [Field(3, "preferredVersion", OmitEmpty = true)]
    public partial GroupVersionForDiscovery PreferredVersion { get; init; }

    [Field(4, "serverAddressByClientCIDRs", OmitEmpty = true, ListType = "atomic")]
    public partial ValueList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get; init; }
}
