namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR")]
public sealed partial record ServerAddressByClientCIDR
{
    [Field(1, "clientCIDR", Required = true)]
    public partial string ClientCIDR { get; init; }

    [Field(2, "serverAddress", Required = true)]
    public partial string ServerAddress { get; init; }
}
