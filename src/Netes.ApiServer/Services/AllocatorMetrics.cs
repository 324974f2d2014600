using Netes.Api.Telemetry;

namespace Netes.ApiServer.Services;

/// <summary>
/// What is counted of addresses and ports that services get. Source:
/// pkg/registry/core/service/{ipallocator,portallocator}/metrics.go.
/// </summary>
internal sealed class AllocatorMetrics
{
    private const string Dynamic = "dynamic";
    private const string Static = "static";

    private readonly CounterFamily? _total;
    private readonly CounterFamily? _errors;
    private readonly bool _hasNetworks;

    private AllocatorMetrics(MetricRegistry? registry, string subsystem, string what, params string[] labels)
    {
        _total = registry?.Counter(
            $"{subsystem}_allocation_total", $"[ALPHA] {what} that were given out, by whether one was asked for.",
            labels);
        _errors = registry?.Counter(
            $"{subsystem}_allocation_errors_total", $"[ALPHA] {what} that could not be given out.", labels);
        _hasNetworks = labels.Length > 1;
    }

    /// <param name="registry">Where to count; null: nowhere.</param>
    /// <param name="read">Each network with how many of its addresses are held, and how many it has.</param>
    public static AllocatorMetrics OfAddresses(
        MetricRegistry? registry, Func<IReadOnlyList<(string Network, int Held, double Size)>> read)
    {
        const string subsystem = "kube_apiserver_clusterip_allocator";
        registry?.Read(
            $"{subsystem}_allocated_ips", "[ALPHA] Addresses of services that are held.",
            () => read().Select(static entry => (new LabelValues(entry.Network), (double)entry.Held)), "cidr");
        registry?.Read(
            $"{subsystem}_available_ips", "[ALPHA] Addresses of services that are free.",
            () => read().Select(static entry => (new LabelValues(entry.Network), entry.Size - entry.Held)), "cidr");
        return new(registry, subsystem, "Addresses of services", "cidr", "scope");
    }

    /// <param name="registry">Where to count; null: nowhere.</param>
    /// <param name="read">How many ports are held.</param>
    /// <param name="size">How many there are.</param>
    public static AllocatorMetrics OfPorts(MetricRegistry? registry, Func<int> read, int size)
    {
        const string subsystem = "kube_apiserver_nodeport_allocator";
        registry?.Read(
            $"{subsystem}_allocated_ports", "[ALPHA] Ports of nodes that are held.", () => [(default, read())]);
        registry?.Read(
            $"{subsystem}_available_ports", "[ALPHA] Ports of nodes that are free.", () => [(default, size - read())]);
        return new(registry, subsystem, "Ports of nodes", "scope");
    }

    /// <param name="succeeded">One was given out.</param>
    /// <param name="wasAskedFor">A certain one, not any.</param>
    /// <param name="network">Of an address.</param>
    public void Count(bool succeeded, bool wasAskedFor, string network = "")
    {
        var scope = wasAskedFor ? Static : Dynamic;
        (succeeded ? _total : _errors)
            ?.With(_hasNetworks ? new LabelValues(network, scope) : new LabelValues(scope)).Add();
    }
}
