using static Netes.Api.Columns<Netes.Api.Networking.Ingress>;

namespace Netes.Api.Networking;

/// <summary>What <c>kubectl get</c> shows. Source: printIngress of pkg/printers/internalversion/printers.go.</summary>
internal static class IngressColumns
{
    public static ValueList<Column<Ingress>> All { get; } =
    [
        Name,
        Text("Class", static item => Cells.OrNone(item.Spec.IngressClassName), "The class that implements it."),
        Text("Hosts", Hosts, "Names that it answers for."),
        Text("Address", Address, "Where it is reached."),
        Text("Ports", static item => item.Spec.TLS.IsEmpty ? "80" : "80, 443"),
        Age,
    ];

    private static string Hosts(Ingress item)
    {
        List<string> hosts = [.. item.Spec.Rules.Select(rule => rule.Host).Where(host => host.Length > 0)];
        return hosts.Count == 0 ? "*" : Cells.Few(hosts);
    }

    private static string Address(Ingress item) => string.Join(',', item.Status.LoadBalancer.Ingress
        .Select(ingress => ingress.IP.Length > 0 ? ingress.IP : ingress.Hostname)
        .Where(address => address.Length > 0)
        .Distinct().Order(StringComparer.Ordinal));
}
