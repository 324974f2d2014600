using System.Globalization;
using static Netes.Api.Columns<Netes.Api.Discovery.EndpointSlice>;

namespace Netes.Api.Discovery;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printEndpointSlice of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class EndpointSliceColumns
{
    public static ValueList<Column<EndpointSlice>> All { get; } =
    [
        Name,
        Text("AddressType", static item => item.AddressType, "IPv4, IPv6 or FQDN."),
        Text("Ports", Ports, "The first ports."),
        Text("Endpoints", Addresses, "The first addresses."),
        Age,
    ];

    private static string Ports(EndpointSlice item) => item.Ports.IsEmpty
        ? Cells.Unset
        : Cells.Few([.. item.Ports.Select(port => port.Port is { } number
            ? number.ToString(CultureInfo.InvariantCulture)
            : "*")]);

    private static string Addresses(EndpointSlice item) => item.Endpoints.IsEmpty
        ? Cells.Unset
        : Cells.Few([.. item.Endpoints.SelectMany(endpoint => endpoint.Addresses)]);
}
