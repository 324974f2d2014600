using Microsoft.Extensions.Logging.Abstractions;
using Netes.Api;
using Netes.Api.Rbac;
using Netes.Api.Telemetry;
using Netes.ApiServer.Authorization.Bootstrap;
using Netes.Client;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane;

public sealed class ControllersTests
{
    [Fact]
    public void EveryControllerThereIs_runs()
    {
        using var transport = new HttpTransport(new HttpTransportOptions { Server = new Uri("https://127.0.0.1:1") });
        var context = new ControllerContext(
            new KubernetesClient(transport), new ControllerOptions(), TimeProvider.System, new Random(1),
            NullLoggerFactory.Instance);
        var made = Netes.ControlPlane.Controllers.All.Select(entry => entry.Create(context).GetType()).ToHashSet();
        var written = typeof(Netes.ControlPlane.Controllers).Assembly.GetTypes()
            .Where(static type => type is { IsInterface: false, IsGenericTypeDefinition: false }
                && type.IsAssignableTo(typeof(IController)));
        Assert.Equal(
            written.Select(static type => type.Name).Order(), made.Select(static type => type.Name).Order());
    }

    [Fact]
    public void Queues_haveUpstreamsNames()
    {
        using var transport = new HttpTransport(new HttpTransportOptions { Server = new Uri("https://127.0.0.1:1") });
        var metrics = new MetricRegistry();
        var context = new ControllerContext(
            new KubernetesClient(transport), new ControllerOptions { Metrics = metrics }, TimeProvider.System,
            new Random(1), NullLoggerFactory.Instance);
        var made = Netes.ControlPlane.Controllers.All.Select(entry => entry.Create(context)).ToList();
        Assert.NotEmpty(made);
        string[] names =
        [
            "cronjob", "daemonset", "deployment", "disruption", "garbage_collector_attempt_to_delete",
            "garbage_collector_attempt_to_orphan", "job", "job_orphan_pod", "replicaset", "replicationmanager",
            "stale_pod_disruption", "statefulset", "ephemeral_volume", "node_lifecycle_controller",
            "noexec_taint_pod", "orphaned_pods_nodes", "pvcprotection", "pvprotection", "resource_claim",
            "vacprotection", "volume_expand",
        ];
        Assert.All(names, name => Assert.Equal(
            "0", Measured.Value(metrics, $"workqueue_adds_total{{name=\"{name}\"}}")));
    }

    [Fact]
    public void EveryControllersAccount_hasRights()
    {
        var features = FeatureGates.Parse("AllAlpha=true").Gates;
        var bindings = BootstrapRoles.ClusterRoleBindings.Concat(FeatureRoles.ClusterRoleBindings(features));
        var accounts = bindings.SelectMany(static binding => binding.Subjects.ToArray())
            .Concat(BootstrapRoles.RoleBindings.SelectMany(static binding => binding.Subjects.ToArray()))
            .Where(static subject => subject is { Kind: "ServiceAccount", Namespace: "kube-system" })
            .Select(static subject => subject.Name).Append(ControllerEntry.Manager).ToHashSet();
        Assert.All(Netes.ControlPlane.Controllers.All, entry => Assert.Contains(entry.Account, accounts));
    }
}
