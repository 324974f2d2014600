using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>
/// What one looks at besides the app itself: help on fields, output forms, the cluster's own addresses.
/// </summary>
public sealed class LookTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Fields_are_explained(string program)
    {
        var kubectl = cluster.Local.Kubectl(program, "default");

        var kind = await kubectl.OutputAsync("explain", "deployment");
        Assert.Matches(@"KIND:\s+Deployment", kind);
        Assert.Matches(@"VERSION:\s+(apps/)?v1", kind);
        Assert.Matches(@"DESCRIPTION:\s+\w+", kind);
        Assert.DoesNotContain("<empty>", kind, StringComparison.Ordinal);
        var field = await kubectl.OutputAsync("explain", "pod.spec.containers.imagePullPolicy");
        Assert.Matches(@"FIELD:\s+imagePullPolicy\s+<string>", field);
        Assert.Contains("replicas", await kubectl.OutputAsync("explain", "deployment.spec", "--recursive"),
            StringComparison.Ordinal);
        Assert.Matches(@"targetAverageUtilization|averageUtilization", await kubectl.OutputAsync(
            "explain", "hpa.spec.metrics.resource.target", "--api-version=autoscaling/v2"));
        Assert.Contains(
            "field \"nothing\" does not exist", (await kubectl.RunAsync("explain", "pod.spec.nothing")).MustFail(),
            StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Output_has_the_form_and_the_order_that_is_asked_for(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await kubectl.ApplyAsync(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: b, labels: { of: us } }
            data: { order: "1" }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: a, labels: { of: us } }
            data: { order: "2" }
            """);

        Task<string> Get(params string[] form) => kubectl.OutputAsync(["get", "configmaps", "-l", "of=us", .. form]);
        Assert.Equal("1\n2\n",
            await Get("-o", "jsonpath={range .items[*]}{.data.order}{'\\n'}{end}", "--sort-by=.data.order"));
        Assert.Equal("2\n1\n",
            await Get("-o", "jsonpath={range .items[*]}{.data.order}{'\\n'}{end}", "--sort-by=.metadata.name"));
        Assert.Matches(@"^WHO +WHAT\na +2\nb +1\n$",
            await Get("-o", "custom-columns=WHO:.metadata.name,WHAT:.data.order"));
        Assert.Equal("configmap/a\nconfigmap/b\n", await Get("-o", "name"));
        Assert.Equal("a=2 b=1 ",
            await Get("-o", "go-template={{range .items}}{{.metadata.name}}={{.data.order}} {{end}}"));
        Assert.Matches(@"^b +1 +\S+\na +1 +\S+\n$", await Get("--sort-by=.data.order", "--no-headers"));
        Assert.Matches(@"^a +1 +\S+ +of=us\n", await Get("--show-labels", "--no-headers"));
        Assert.Contains("order: \"2\"", await Get("-o", "yaml"), StringComparison.Ordinal);
        Assert.Contains(
            "no matches for kind \"Nothing\"",
            (await kubectl.WithInputAsync("apiVersion: v1\nkind: Nothing\nmetadata: { name: a }\n", "apply", "-f", "-"))
                .MustFail(), StringComparison.Ordinal);
        Assert.Contains(
            "the server doesn't have a resource type \"nothings\"",
            (await kubectl.RunAsync("get", "nothings")).MustFail(), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Cluster_info_and_top_say_what_there_is(string program)
    {
        var kubectl = cluster.Local.Kubectl(program, "default");

        var info = await kubectl.OutputAsync("cluster-info", "--context", cluster.Local.Context);
        Assert.Contains($"is running at {cluster.Local.ApiServer()}", Plain(info), StringComparison.Ordinal);
        // There is no metrics server yet: Kubernetes' own words for that, at once.
        Assert.Contains("Metrics API not available", (await kubectl.RunAsync("top", "pods")).MustFail(),
            StringComparison.Ordinal);
        Assert.Contains("Metrics API not available", (await kubectl.RunAsync("top", "nodes")).MustFail(),
            StringComparison.Ordinal);
        Assert.Contains("Client Version", await kubectl.OutputAsync("version", "--client"), StringComparison.Ordinal);
        Assert.Equal("yes\n", await kubectl.OutputAsync("auth", "can-i", "create", "pods"));
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Unknown_fields_are_refused_warned_of_or_ignored_as_asked(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        const string Text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: b }\ndate: { c: d }\n";

        Assert.Contains(
            "strict decoding error: unknown field \"date\"",
            (await kubectl.WithInputAsync(Text, "create", "--validate=true", "-f", "-")).MustFail(),
                StringComparison.Ordinal);
        Assert.Contains("(NotFound)", (await kubectl.RunAsync("get", "configmap", "a")).MustFail(),
            StringComparison.Ordinal);
        var warned = await kubectl.WithInputAsync(Text, "create", "--validate=warn", "-f", "-");
        warned.MustSucceed();
        Assert.Contains("Warning: unknown field \"date\"", warned.Errors, StringComparison.Ordinal);
        await kubectl.OutputAsync("delete", "configmap", "a");
        var ignored = await kubectl.WithInputAsync(Text, "create", "--validate=ignore", "-f", "-");
        ignored.MustSucceed();
        Assert.Empty(ignored.Errors);
        Assert.DoesNotContain("date", await kubectl.OutputAsync("get", "configmap", "a", "-o", "yaml"),
            StringComparison.Ordinal);
    }

    // cluster-info colours its lines.
    private static string Plain(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
}
