using Microsoft.Extensions.Logging;
using Netes.Api.Core;
using Netes.Api.Telemetry;
using Netes.Client;
using Netes.Nodes.Plugins;

namespace Netes.Nodes.Devices;

/// <summary>All of one node that has to do with devices: drivers that register, claims of pods, health.</summary>
internal sealed class NodeDevices
{
    private readonly PreparedClaims claims;
    private readonly DeviceHealths healths;
    private readonly PluginRegistrations registrations;

    public NodeDevices(
        NodeAgentOptions options, KubernetesClient client, MetricRegistry registry, TimeProvider time,
        ILoggerFactory loggers)
    {
        var metrics = new DeviceMetrics(registry, time);
        claims = new(options.PreparedClaimsFile, loggers.CreateLogger<PreparedClaims>());
        metrics.Count(claims);
        healths = new(time);
        var slices = new NodeSlices(options.NodeName, client, time, loggers.CreateLogger<NodeSlices>());
        Drivers = new(slices, healths, metrics, time, loggers.CreateLogger<DeviceDrivers>());
        registrations = new(
            options.PluginSocketDirectory, Drivers, time, loggers.CreateLogger<PluginRegistrations>());
        Pods = new(client, Drivers, claims, metrics, loggers.CreateLogger<PodDevices>());
    }

    public PodDevices Pods { get; }

    public DeviceDrivers Drivers { get; }

    public PodDeviceHealth HealthOf(Pod pod) => DeviceStatuses.Of(pod, claims, healths);

    /// <param name="arrived">Told when a driver can be asked that could not be asked before.</param>
    /// <param name="changed">Told the uids of the pods whose devices' health may be another.</param>
    public void Listen(Action arrived, Action<string> changed)
    {
        Drivers.Arrived += arrived;
        healths.Changed += driver =>
        {
            foreach (var pod in claims.All.Where(claim => claim.Drivers.ContainsKey(driver))
                .SelectMany(claim => claim.PodUids).Distinct(StringComparer.Ordinal))
            {
                changed(pod);
            }
        };
    }

    /// <summary>Runs until cancelled. What is prepared stays so.</summary>
    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(Drivers.RunAsync(cancel), registrations.RunAsync(cancel));
}
