namespace Netes.Api.Core;

/// <summary>What containers, their ports, probes and environment get. Source: pkg/apis/core/v1/defaults.go.</summary>
internal static class ContainerDefaults
{
    private const string TerminationMessagePath = "/dev/termination-log";

    public static Container Apply(Container container) => container with
    {
        ImagePullPolicy = container.ImagePullPolicy.Length == 0 ? PullPolicyOf(container.Image)
            : container.ImagePullPolicy,
        TerminationMessagePath = container.TerminationMessagePath.Length == 0
            ? TerminationMessagePath
            : container.TerminationMessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy.Length == 0
            ? TerminationMessagePolicy.File
            : container.TerminationMessagePolicy,
        Ports = container.Ports.Map(static port =>
            port.Protocol.Length == 0 ? port with { Protocol = Protocol.TCP } : port),
        Env = container.Env.Map(Apply),
        Resources = ResourceLists.RoundUp(container.Resources),
        LivenessProbe = Apply(container.LivenessProbe),
        ReadinessProbe = Apply(container.ReadinessProbe),
        StartupProbe = Apply(container.StartupProbe),
        Lifecycle = container.Lifecycle is { } lifecycle
            ? lifecycle with { PostStart = Apply(lifecycle.PostStart), PreStop = Apply(lifecycle.PreStop) }
            : null,
    };

    public static EphemeralContainer Apply(EphemeralContainer container) => container with
    {
        EphemeralContainerCommon = EphemeralContainers.FromContainer(
            Apply(EphemeralContainers.ToContainer(container.EphemeralContainerCommon))),
    };

    /// <summary>Always for <c>latest</c>, IfNotPresent for any other tag or digest.</summary>
    public static string PullPolicyOf(string image) =>
        ImageReferences.Tag(image) == "latest" ? PullPolicy.Always : PullPolicy.IfNotPresent;

    public static ObjectFieldSelector? Apply(ObjectFieldSelector? selector) =>
        selector is { ApiVersion: "" } ? selector with { ApiVersion = "v1" } : selector;

    private static EnvVar Apply(EnvVar variable) => variable.ValueFrom is { FieldRef: { ApiVersion: "" } } source
        ? variable with { ValueFrom = source with { FieldRef = Apply(source.FieldRef) } }
        : variable;

    private static Probe? Apply(Probe? probe) => probe is null ? null : probe with
    {
        ProbeHandler = probe.ProbeHandler with
        {
            HTTPGet = Apply(probe.ProbeHandler.HTTPGet),
            GRPC = probe.ProbeHandler.GRPC is { Service: null } grpc ? grpc with { Service = "" }
                : probe.ProbeHandler.GRPC,
        },
        TimeoutSeconds = probe.TimeoutSeconds == 0 ? 1 : probe.TimeoutSeconds,
        PeriodSeconds = probe.PeriodSeconds == 0 ? 10 : probe.PeriodSeconds,
        SuccessThreshold = probe.SuccessThreshold == 0 ? 1 : probe.SuccessThreshold,
        FailureThreshold = probe.FailureThreshold == 0 ? 3 : probe.FailureThreshold,
    };

    private static LifecycleHandler? Apply(LifecycleHandler? handler) =>
        handler is { HTTPGet: { } get } ? handler with { HTTPGet = Apply(get) } : handler;

    private static HTTPGetAction? Apply(HTTPGetAction? get) => get is null ? null : get with
    {
        Path = get.Path.Length == 0 ? "/" : get.Path,
        Scheme = get.Scheme.Length == 0 ? URIScheme.HTTP : get.Scheme,
    };
}
