using Netes.Api.Telemetry;
using Netes.ApiServer.Certificates;
using Netes.Client;
using Netes.ControlPlane;
using Netes.ControlPlane.Scheduling;
using Netes.Host;

namespace Netes.Tests.ControlPlane.Crashes;

/// <summary>
/// Some of the controllers as one process on a test cluster, with the rights of their accounts and a clock of their
/// own. Dies at its crash point, if it has one, and is started anew.
/// </summary>
/// <param name="cluster">Where it works.</param>
/// <param name="accounts">Whose controllers run, by the accounts of <see cref="Netes.ControlPlane.Controllers"/>; the
/// scheduler, by its user.</param>
/// <param name="time">Their clock.</param>
/// <param name="metrics">Where they measure; null: nowhere.</param>
/// <param name="isRefused">Which of their requests the server answers with 500.</param>
internal sealed class ControllerLife(
    TestCluster cluster, IReadOnlyCollection<string> accounts, TimeProvider time, MetricRegistry? metrics = null,
    Func<ApiRequest, bool>? isRefused = null)
{
    public const string Scheduler = "system:kube-scheduler";

    private static readonly ControllerOptions Options = new()
    {
        SignCertificate = CertificateAuthority.Load(
            CertificateAuthority.Create("kubernetes", TimeSpan.FromDays(3650), TimeProvider.System),
            TimeProvider.System).SignRequest,
        RootCertificatePem = "pem",
        SignServiceAccountToken = (account, secret) => $"{account.Metadata.Uid} in {secret.Metadata.Name}",
    };

    /// <summary>Works until cancelled, without crashing.</summary>
    public Task RunAsync(CancellationToken cancel) => RunAsync(new CrashPoint(int.MaxValue, false), cancel);

    /// <summary>Works until it dies, then as another process until cancelled.</summary>
    public async Task RunAsync(CrashPoint crash, CancellationToken cancel)
    {
        using (var life = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            var running = LiveAsync(transport => crash.Around(Obstructed(transport)), life.Token);
            await Task.WhenAny(running, crash.Died);
            await life.CancelAsync();
            await running;
        }

        if (!cancel.IsCancellationRequested)
        {
            await LiveAsync(Obstructed, cancel);
        }
    }

    private IApiTransport Obstructed(IApiTransport transport) =>
        isRefused is null ? transport : new Obstacle(transport, isRefused);

    private async Task LiveAsync(Func<IApiTransport, IApiTransport> around, CancellationToken cancel)
    {
        var manager = ControlPlaneParts.Client(cluster.Server, "system:kube-controller-manager");
        var context = new ControllerContext(
            manager, Options with { Metrics = metrics }, time, new Random(1), TestCluster.Loggers);
        var controllers = Netes.ControlPlane.Controllers.All
            .Where(entry => accounts.Contains(entry.Account))
            .Select(entry => entry.Create(context.As(Client(entry.Account, around))))
            .ToList();
        var scheduler = accounts.Contains(Scheduler) ? NewScheduler(around) : null;
        Assert.True(scheduler is not null || controllers.Count > 0);
        var informing = context.Informers.RunAsync(cancel);
        var recording = context.RunRecordersAsync(cancel);
        var scheduling = scheduler?.RunAsync(cancel) ?? Task.CompletedTask;
        try
        {
            await context.Informers.WaitForSyncAsync(cancel);
            await Task.WhenAll(controllers.Select(controller => controller.RunAsync(cancel)));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // It died, or the test is over.
        }

        await Task.WhenAll(informing, recording, scheduling);
    }

    private SchedulerService NewScheduler(Func<IApiTransport, IApiTransport> around)
    {
        var own = ControlPlaneParts.Client(cluster.Server, Scheduler);
        return new SchedulerService(
            SchedulerOptions.Default, new(around(own.Transport), Scheduler) { Objects = own.Objects }, time,
            new Random(1), TestCluster.Loggers);
    }

    private KubernetesClient Client(string account, Func<IApiTransport, IApiTransport> around)
    {
        var own = ControlPlaneParts.AccountClient(cluster.Server, account);
        return new(around(own.Transport), account) { Objects = own.Objects };
    }

    private sealed class Obstacle(IApiTransport inner, Func<ApiRequest, bool> isRefused) : IApiTransport
    {
        private static readonly byte[] Refusal = """
            {"kind":"Status","apiVersion":"v1","status":"Failure","message":"not now","reason":"InternalError","code":500}
            """u8.ToArray();

        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancel) => isRefused(request)
            ? Task.FromResult(new ApiResponse(500, MediaTypes.Json, Refusal))
            : inner.SendAsync(request, cancel);
    }
}
