using Microsoft.Extensions.Logging;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.Client;
using Netes.ControlPlane;
using Netes.ControlPlane.Scheduling;

namespace Netes.Host;

/// <summary>Controllers and scheduler on the in-process transport, each in its own name.</summary>
internal static class ControlPlaneParts
{
    /// <summary>A client within the process, in a user's name.</summary>
    public static KubernetesClient Client(
        Func<ApiCall, CancellationToken, Task<ApiResult>> handle, string user, params string[] groups) =>
        new(
            new InProcessTransport(handle, new UserIdentity
            {
                Name = user,
                Groups = [.. groups, KnownGroups.Authenticated],
            }),
            user.Split(':')[^1]);

    /// <summary>A client in the name of a service account of kube-system.</summary>
    public static KubernetesClient AccountClient(
        Func<ApiCall, CancellationToken, Task<ApiResult>> handle, string account) => Client(
            handle, $"system:serviceaccount:kube-system:{account}", "system:serviceaccounts",
            "system:serviceaccounts:kube-system");

    public static void Start(
        Components parts,
        Func<ApiCall, CancellationToken, Task<ApiResult>> handle,
        ControllerOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        var controllers = new ControllerManager(
            options, Client(handle, "system:kube-controller-manager"), account => AccountClient(handle, account), time,
            new Random(), loggers);
        parts.Start("controllers", controllers.RunAsync);
        var scheduler = new SchedulerService(
            new SchedulerOptions(), Client(handle, "system:kube-scheduler"), time, new Random(), loggers);
        parts.Start("scheduler", scheduler.RunAsync);
    }
}
