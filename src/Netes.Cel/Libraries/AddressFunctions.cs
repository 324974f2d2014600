namespace Netes.Cel;

/// <summary>ip(), cidr() and what addresses and networks can.
/// Source: apiserver pkg/cel/library/ip.go, cidr.go.</summary>
internal static class AddressFunctions
{
    public static void Register(FunctionTable functions)
    {
        var (ip, text) = (CelType.Ip, CelType.String);
        functions.Global("ip", "string_to_ip", [text], ip, a => CelIp.Parse(S(a[0]), out var error) ?? Failed(error));
        functions.Global("isIP", "is_ip", [text], CelType.Bool, a =>
            CelValue.Of(CelIp.Parse(S(a[0]), out _) is not null));
        functions.Global("ip.isCanonical", "ip_is_canonical", [text], CelType.Bool,
            a => CelIp.Parse(S(a[0]), out var error) is { } address
                ? CelValue.Of(address.ToString() == S(a[0])) : Failed(error));
        functions.Member("family", "ip_family", [ip], CelType.Int, a => CelValue.Of(A(a[0]).Length == 4 ? 4 : 6));
        functions.Member("isUnspecified", "ip_is_unspecified", [ip], CelType.Bool,
            a => CelValue.Of(!A(a[0]).AsSpan().ContainsAnyExcept((byte)0)));
        functions.Member("isLoopback", "ip_is_loopback", [ip], CelType.Bool, a => CelValue.Of(IsLoopback(A(a[0]))));
        functions.Member("isLinkLocalMulticast", "ip_is_link_local_multicast", [ip], CelType.Bool,
            a => CelValue.Of(IsLinkLocalMulticast(A(a[0]))));
        functions.Member("isLinkLocalUnicast", "ip_is_link_local_unicast", [ip], CelType.Bool,
            a => CelValue.Of(IsLinkLocal(A(a[0]))));
        functions.Member("isGlobalUnicast", "ip_is_global_unicast", [ip], CelType.Bool,
            a => CelValue.Of(IsGlobal(A(a[0]))));
        RegisterNetworks(functions);
    }

    private static void RegisterNetworks(FunctionTable functions)
    {
        var (ip, cidr, text) = (CelType.Ip, CelType.Cidr, CelType.String);
        functions.Global("cidr", "string_to_cidr", [text], cidr,
            a => CelCidr.Parse(S(a[0]), out var error) ?? Failed(error));
        functions.Global("isCIDR", "is_cidr", [text], CelType.Bool,
            a => CelValue.Of(CelCidr.Parse(S(a[0]), out _) is not null));
        functions.Member("containsIP", "cidr_contains_ip_string", [cidr, text], CelType.Bool,
            a => CelIp.Parse(S(a[1]), out var error) is { } address ? CelValue.Of(C(a[0]).Contains(address))
                : Failed(error));
        functions.Member("containsIP", "cidr_contains_ip_ip", [cidr, ip], CelType.Bool,
            a => CelValue.Of(C(a[0]).Contains((CelIp)a[1])));
        functions.Member("containsCIDR", "cidr_contains_cidr_string", [cidr, text], CelType.Bool,
            a => CelCidr.Parse(S(a[1]), out var error) is { } other ? CelValue.Of(C(a[0]).Contains(other))
                : Failed(error));
        functions.Member("containsCIDR", "cidr_contains_cidr", [cidr, cidr], CelType.Bool,
            a => CelValue.Of(C(a[0]).Contains(C(a[1]))));
        functions.Member("ip", "cidr_ip", [cidr], ip, a => C(a[0]).Address);
        functions.Member("masked", "cidr_masked", [cidr], cidr, a => C(a[0]).Masked());
        functions.Member("prefixLength", "cidr_prefix_length", [cidr], CelType.Int, a => CelValue.Of(C(a[0]).Prefix));
    }

    private static string S(CelValue value) => ((CelString)value).Value;

    private static byte[] A(CelValue value) => ((CelIp)value).Bytes;

    private static CelCidr C(CelValue value) => (CelCidr)value;

    private static CelValue Failed(string error) => new CelError(error);

    private static bool IsLoopback(byte[] address) => address.Length == 4 ? address[0] == 127
        : address[15] == 1 && !address.AsSpan(0, 15).ContainsAnyExcept((byte)0);

    private static bool IsLinkLocalMulticast(byte[] address) => address.Length == 4
        ? address is [224, 0, 0, _] : address[0] == 0xFF && (address[1] & 0x0F) == 2;

    private static bool IsLinkLocal(byte[] address) => address.Length == 4
        ? address is [169, 254, _, _] : address[0] == 0xFE && (address[1] & 0xC0) == 0x80;

    private static bool IsMulticast(byte[] address) => address.Length == 4
        ? (address[0] & 0xF0) == 0xE0 : address[0] == 0xFF;

    private static bool IsGlobal(byte[] address) => address is not [255, 255, 255, 255]
        && address.AsSpan().ContainsAnyExcept((byte)0) && !IsLoopback(address) && !IsMulticast(address)
        && !IsLinkLocal(address);
}
