using System.Globalization;
using static Netes.Api.Columns<Netes.Api.Core.Endpoints>;

namespace Netes.Api.Core;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printEndpoints of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class EndpointsColumns
{
    public static ValueList<Column<Endpoints>> All { get; } =
    [
        Name,
        Text("Endpoints", Addresses, "The first addresses with their ports."),
        Age,
    ];

    private static string Addresses(Endpoints item)
    {
        List<string> list = [];
        foreach (var subset in item.Subsets)
        {
            // A subset without ports is shown by its addresses.
            if (subset.Ports.IsEmpty)
            {
                list.AddRange(subset.Addresses.Select(address => address.IP));
            }

            foreach (var port in subset.Ports)
            {
                list.AddRange(subset.Addresses.Select(address => Join(address.IP, port.Port)));
            }
        }

        return Cells.OrNone(Cells.Few(list));
    }

    private static string Join(string address, int port) => address.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");
}
