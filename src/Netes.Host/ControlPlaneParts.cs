using Microsoft.Extensions.Logging;
using Netes.ApiServer.Authentication;
using Netes.Client;
using Netes.ControlPlane;
using Netes.ControlPlane.Scheduling;

namespace Netes.Host;

/// <summary>Controllers and scheduler on the in-process transport, each in its own name.</summary>
internal static class ControlPlaneParts
{
    /// <summary>A client within the process, in a user's name.</summary>
    public static KubernetesClient Client(ApiServer.ApiServer server, string user, params string[] groups) =>
        In(server, user.Split(':')[^1], new() { Name = user, Groups = [.. groups, KnownGroups.Authenticated] });

    /// <summary>A client in the name of the node that runs in this process: its rights are a node's, no more.</summary>
    public static KubernetesClient NodeClient(ApiServer.ApiServer server, string node) => In(
        server, "kubelet", new()
        {
            Name = $"system:node:{node}", Groups = [KnownGroups.Nodes, KnownGroups.Authenticated],
        });

    /// <summary>A client in the name of a service account of kube-system, or of the manager.</summary>
    public static KubernetesClient AccountClient(ApiServer.ApiServer server, string account) =>
        account == ControllerEntry.Manager
            ? Client(server, account)
            : In(server, "kube-controller-manager", new()
            {
                Name = $"system:serviceaccount:kube-system:{account}",
                Groups =
                [
                    "system:serviceaccounts", "system:serviceaccounts:kube-system", KnownGroups.Authenticated,
                ],
            });

    private static KubernetesClient In(ApiServer.ApiServer server, string manager, UserIdentity user) =>
        new(new InProcessTransport(server.HandleAsync, user), manager)
        {
            Objects = new InProcessObjects(server.ReadAs(user)),
        };

    /// <summary>Starts them; the result ends when all controllers run.</summary>
    public static Task Start(
        Components parts, ApiServer.ApiServer server, ControllerOptions options, SchedulerOptions scheduling,
        TimeProvider time, ILoggerFactory loggers)
    {
        var controllers = new ControllerManager(
            options, Client(server, ControllerEntry.Manager), account => AccountClient(server, account), time,
            new Random(), loggers);
        parts.Start("controllers", controllers.RunAsync);
        var scheduler = new SchedulerService(
            scheduling, Client(server, "system:kube-scheduler"), time, new Random(), loggers);
        parts.Start("scheduler", scheduler.RunAsync);
        return controllers.WaitForStartAsync(parts.Stopping);
    }
}
