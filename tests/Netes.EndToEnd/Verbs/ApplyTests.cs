using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Verbs;

/// <summary>
/// Server-side apply with every kubectl, in a cluster whose controllers write to the same object: they share it.
/// </summary>
public sealed class ApplyTests(TestCluster cluster)
{
    private const string App = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 0
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: busybox, image: IMAGE}]}
        """;

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Deployment_is_applied_by_two_who_own_their_fields(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        var app = App.Replace("IMAGE", TestImage.Name, StringComparison.Ordinal);
        Assert.Equal("deployment.apps/web serverside-applied\n", await ServerSideAsync(kubectl, app));
        await kubectl.SettledAsync("web");
        var managers = await kubectl.JsonPathAsync(
            "deployment", "web", "{range .metadata.managedFields[*]}{.manager} {.operation} {.subresource} {end}");
        Assert.StartsWith("kubectl Apply  ", managers, StringComparison.Ordinal);
        Assert.Contains("kube-controller-manager Update status ", managers, StringComparison.Ordinal);
        Assert.Equal("deployment.apps/web serverside-applied\n", await ServerSideAsync(kubectl, app));

        var scaled = app.Replace("replicas: 0", "replicas: 1", StringComparison.Ordinal);
        var refused = await kubectl.WithInputAsync(
            scaled, "apply", "--server-side", "--field-manager=other", "-f", "-");
        Assert.Contains(
            "Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas", refused.MustFail(),
            StringComparison.Ordinal);

        // Who does not name a field leaves it to others: the scale is no longer kubectl's.
        var less = app.Replace("  replicas: 0\n", "", StringComparison.Ordinal);
        var forced = await kubectl.WithInputAsync(
            scaled, "apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", "-");
        forced.MustSucceed();
        Assert.Equal("deployment.apps/web serverside-applied\n", await ServerSideAsync(kubectl, less));
        Assert.Equal("1", await kubectl.JsonPathAsync("deployment", "web", "{.spec.replicas}"));
        Assert.Contains(
            "f:replicas", await kubectl.OutputAsync("get", "deployment", "web", "-o", "yaml", "--show-managed-fields"),
            StringComparison.Ordinal);
        await kubectl.OutputAsync("delete", "deployment", "web", "--wait=false");
    }

    private static async Task<string> ServerSideAsync(Kubectl kubectl, string manifest) =>
        (await kubectl.WithInputAsync(manifest, "apply", "--server-side", "-f", "-")).MustSucceed();
}
