using Microsoft.Extensions.Logging.Abstractions;
using Netes.Client;
using Netes.ControlPlane.Scheduling;

namespace Netes.Tests.ControlPlane.Scheduler;

/// <summary>The real plugins, for tests of what sends nothing: a request would fail, as nobody listens there.</summary>
internal static class Frameworks
{
    public static SchedulerFramework Create(
        Snapshot? snapshot = null, SchedulerProfile? profile = null, Nominator? nominator = null,
        ProfileMetrics? metrics = null, SchedulerExtenders? extenders = null,
        Func<InformerSet, DeviceWorld>? devices = null)
    {
        var client = new KubernetesClient(new HttpTransport(new() { Server = new Uri("https://127.0.0.1:1") }));
        var events = new EventRecorder(
            client, "test", "", EventOptions.Default, TimeProvider.System, new Random(1), NullLogger.Instance);
        var informers = new InformerSet(client, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        var context = new PluginContext(client, events, TimeProvider.System)
        {
            Informers = informers,
            SharedDevices = devices is null ? null : new(() => devices(informers)),
            Snapshot = snapshot ?? new Snapshot(),
            Random = new Random(1),
            Nominator = nominator ?? new Nominator(),
            Measured = metrics,
            Extenders = extenders,
            PluginArguments = profile?.Arguments ?? [],
        };
        return new SchedulerFramework(profile ?? new SchedulerProfile(), context);
    }
}
