namespace Netes.Api.Networking;

public sealed partial record IPAddress : IResource<IPAddress>
{
    public static ResourceDefinition<IPAddress> Resource { get; } = new()
    {
        Group = "networking.k8s.io",
        Version = "v1",
        Kind = "IPAddress",
        Plural = "ipaddresses",
        Singular = "ipaddress",
        ShortNames = ["ip"],
        Namespaced = false,
        Columns = IPAddressColumns.All,
        Validate = IPAddressRules.Validate,
        ValidateUpdate = IPAddressRules.ValidateUpdate,
        ValidateName = IPAddressRules.Name,
    };
}
