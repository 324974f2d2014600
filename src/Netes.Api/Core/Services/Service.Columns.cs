using System.Globalization;
using static Netes.Api.Columns<Netes.Api.Core.Service>;

namespace Netes.Api.Core;

/// <summary>What <c>kubectl get</c> shows. Source: printService of pkg/printers/internalversion/printers.go.</summary>
internal static class ServiceColumns
{
    public static ValueList<Column<Service>> All { get; } =
    [
        Name,
        Text("Type", static item => item.Spec.Type, "How the service is reached."),
        Text("Cluster-IP", static item =>
            Cells.OrNone(item.Spec.ClusterIPs.IsEmpty ? item.Spec.ClusterIP : item.Spec.ClusterIPs[0])),
        Text("External-IP", External, "Addresses from outside of the cluster."),
        Text("Port(s)", Ports, "Port, node port and protocol."),
        Age,
        Wide("Selector", static item => Cells.Labels(item.Spec.Selector)),
    ];

    private static string Ports(Service item) => Cells.OrNone(string.Join(',', item.Spec.Ports.Select(port =>
        port.NodePort > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{port.Port}:{port.NodePort}/{port.Protocol}")
            : string.Create(CultureInfo.InvariantCulture, $"{port.Port}/{port.Protocol}"))));

    private static string External(Service item)
    {
        var addresses = string.Join(',', item.Spec.ExternalIPs);
        switch (item.Spec.Type)
        {
            case ServiceType.ClusterIP or ServiceType.NodePort:
                return Cells.OrNone(addresses);
            case ServiceType.ExternalName:
                return item.Spec.ExternalName;
            case ServiceType.LoadBalancer:
                var balancers = item.Status.LoadBalancer.Ingress
                    .Select(ingress => ingress.IP.Length > 0 ? ingress.IP : ingress.Hostname)
                    .Where(address => address.Length > 0)
                    .Distinct().Order(StringComparer.Ordinal)
                    .Concat(item.Spec.ExternalIPs)
                    .ToList();
                return balancers.Count == 0 ? "<pending>" : string.Join(',', balancers);
            default:
                return Cells.Unknown;
        }
    }
}
