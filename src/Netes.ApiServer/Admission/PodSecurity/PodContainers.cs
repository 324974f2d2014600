using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Admission;

/// <summary>What policies look at in a container of any sort: no sort may be forgotten (CVE-2023-2727).</summary>
internal sealed record ContainerView(
    string Name,
    SecurityContext? SecurityContext,
    ValueList<ContainerPort> Ports,
    ValueList<ProbeHandler> Probes,
    Lifecycle? Lifecycle)
{
    /// <summary>Init containers, containers, ephemeral containers.</summary>
    public static IReadOnlyList<ContainerView> All(PodSpec spec) =>
    [
        .. spec.InitContainers.Select(View), .. spec.Containers.Select(View),
        .. spec.EphemeralContainers.Select(static container => View(container.EphemeralContainerCommon)),
    ];

    private static ContainerView View(Container container) => new(
        container.Name, container.SecurityContext, container.Ports,
        Handlers(container.LivenessProbe, container.ReadinessProbe, container.StartupProbe), container.Lifecycle);

    private static ContainerView View(EphemeralContainerCommon container) => new(
        container.Name, container.SecurityContext, container.Ports,
        Handlers(container.LivenessProbe, container.ReadinessProbe, container.StartupProbe), container.Lifecycle);

    private static ValueList<ProbeHandler> Handlers(params Probe?[] probes) =>
        probes.OfType<Probe>().Select(static probe => probe.ProbeHandler).ToValueList();
}
