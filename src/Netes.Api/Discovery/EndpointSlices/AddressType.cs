namespace Netes.Api.Discovery;

/// <summary>The values of <c>addressType</c>.</summary>
public static class AddressType
{
    public const string FQDN = "FQDN";
    public const string IPv4 = "IPv4";
    public const string IPv6 = "IPv6";
}
