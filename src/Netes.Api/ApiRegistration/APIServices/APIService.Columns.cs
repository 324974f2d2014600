using static Netes.Api.Columns<Netes.Api.ApiRegistration.APIService>;

namespace Netes.Api.ApiRegistration;

/// <summary>What <c>kubectl get</c> shows. Source: the table of kube-aggregator pkg/registry/apiservice/etcd.</summary>
internal static class APIServiceColumns
{
    public static ValueList<Column<APIService>> All { get; } =
    [
        Name,
        Text("Service", static item =>
            item.Spec.Service is { } service ? $"{service.Namespace}/{service.Name}" : "Local", "Who serves it."),
        Text("Available", Available, "Whether it answers."),
        Age,
    ];

    private static string Available(APIService item) =>
        item.Status.Conditions.FirstOrDefault(condition => condition.Type == "Available") switch
        {
            null => "Unknown",
            { Status: "True" } => "True",
            var condition => $"{condition.Status} ({condition.Reason})",
        };
}
