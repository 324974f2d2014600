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
    public static KubernetesClient Client(ApiServer.ApiServer server, string user, params string[] groups)
    {
        var identity = new UserIdentity { Name = user, Groups = [.. groups, KnownGroups.Authenticated] };
        return new(new InProcessTransport(server.HandleAsync, identity), user.Split(':')[^1])
        {
            Objects = new InProcessObjects(server.ReadAs(identity)),
        };
    }

    /// <summary>A client in the name of a service account of kube-system.</summary>
    public static KubernetesClient AccountClient(ApiServer.ApiServer server, string account) => Client(
        server, $"system:serviceaccount:kube-system:{account}", "system:serviceaccounts",
        "system:serviceaccounts:kube-system");

    public static void Start(
        Components parts, ApiServer.ApiServer server, ControllerOptions options, TimeProvider time,
        ILoggerFactory loggers)
    {
        var controllers = new ControllerManager(
            options, Client(server, "system:kube-controller-manager"), account => AccountClient(server, account), time,
            new Random(), loggers);
        parts.Start("controllers", controllers.RunAsync);
        var scheduler = new SchedulerService(
            new SchedulerOptions(), Client(server, "system:kube-scheduler"), time, new Random(), loggers);
        parts.Start("scheduler", scheduler.RunAsync);
    }
}
