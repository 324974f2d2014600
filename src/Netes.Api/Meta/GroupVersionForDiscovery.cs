namespace Netes.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery")]
public sealed partial record GroupVersionForDiscovery
{
    [Field(1, "groupVersion", Required = true)]
    public partial string GroupVersion { get; init; }

    [Field(2, "version", Required = true)]
    public partial string Version { get; init; }
}
