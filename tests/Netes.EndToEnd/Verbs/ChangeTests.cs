using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Verbs;

/// <summary>
/// The verbs that change what is there, with every kubectl, on a Deployment without pods: what they say, what is
/// stored, and what is said when nothing is to be done.
/// </summary>
public sealed class ChangeTests(TestCluster cluster)
{
    private const string App = "deployment/web";

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Objects_are_labeled_annotated_patched_edited_replaced_and_compared(string program)
    {
        var kubectl = await WithAppAsync(program);
        await SaysAsync(kubectl, "deployment.apps/web labeled", "label", App, "color=blue");
        await RefusesAsync(
            kubectl, "error: 'color' already has a value (blue), and --overwrite is false",
            "label", App, "color=red");
        await SaysAsync(kubectl, "deployment.apps/web labeled", "label", App, "color=red", "--overwrite");
        await SaysAsync(kubectl, "deployment.apps/web not labeled", "label", App, "color=red");
        await SaysAsync(kubectl, "deployment.apps/web unlabeled", "label", App, "color-");
        await AnnotateAsync(kubectl, "note=one");
        await AnnotateAsync(kubectl, "note-");

        await SaysAsync(
            kubectl, "deployment.apps/web patched", "patch", App, "-p", """{"spec":{"minReadySeconds":2}}""");
        // kubectl compares what it read with what came back: nobody else may write in between.
        await kubectl.SettledAsync("web");
        await SaysAsync(
            kubectl, "deployment.apps/web patched (no change)",
            "patch", App, "-p", """{"spec":{"minReadySeconds":2}}""");
        await SaysAsync(
            kubectl, "deployment.apps/web patched", "patch", App, "--type=json", "-p",
            """
            [{"op":"test","path":"/spec/minReadySeconds","value":2},{"op":"remove","path":"/spec/minReadySeconds"}]
            """);
        await SaysAsync(
            kubectl, "deployment.apps/web patched", "patch", App, "--type=merge", "-p",
            """{"metadata":{"labels":{"color":"green"}}}""");
        await RefusesAsync(
            kubectl,
            "The Deployment \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            "patch", App, "-p", """{"spec":{"replicas":-1}}""");

        var configmap = Path.Combine(cluster.Folder, $"{kubectl.Namespace}-settings.yaml");
        await kubectl.OutputAsync("create", "configmap", "settings", "--from-literal=color=blue");
        await File.WriteAllTextAsync(configmap, await kubectl.OutputAsync(
            "create", "configmap", "settings", "--from-literal=color=red", "--dry-run=client", "-o", "yaml"));
        var difference = await kubectl.RunAsync("diff", "-f", configmap);
        Assert.Equal(1, difference.ExitCode);
        Assert.Contains("-  color: blue\n+  color: red\n", difference.Output, StringComparison.Ordinal);
        await SaysAsync(kubectl, "configmap/settings replaced", "replace", "-f", configmap);
        await SaysAsync(kubectl, "", "diff", "-f", configmap);

        Assert.Equal("configmap/settings edited\n", await EditAsync(kubectl, "sed -i s/red/yellow/"));
        Assert.Equal("yellow", await kubectl.JsonPathAsync("configmap", "settings", "{.data.color}"));
        Assert.Equal("Edit cancelled, no changes made.\n", await EditAsync(kubectl, "true"));
        await SaysAsync(kubectl, "configmap \"settings\" deleted", "delete", "configmap", "settings");
        await RefusesAsync(
            kubectl, "Error from server (NotFound): configmaps \"settings\" not found",
            "delete", "configmap", "settings");
        await kubectl.OutputAsync("delete", App, "--wait=false");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Deployment_is_set_scaled_and_rolled(string program)
    {
        var kubectl = await WithAppAsync(program);
        // A change that the controller has not seen before the next one becomes no revision.
        await kubectl.SettledAsync("web");
        await SaysAsync(kubectl, "deployment.apps/web env updated", "set", "env", App, "COLOR=blue");
        await kubectl.SettledAsync("web");
        Assert.Equal(
            "# Deployment web, container busybox\nCOLOR=blue\n",
            await kubectl.OutputAsync("set", "env", App, "--list"));
        await SaysAsync(
            kubectl, "deployment.apps/web resource requirements updated",
            "set", "resources", App, "--limits=cpu=200m,memory=64Mi", "--requests=cpu=100m,memory=32Mi");
        await kubectl.SettledAsync("web");
        await SaysAsync(
            kubectl, "deployment.apps/web image updated", "set", "image", App, "busybox=netes.test/other:2");
        await kubectl.SettledAsync("web");
        await RefusesAsync(
            kubectl, "error: unable to find container named \"nobody\"", "set", "image", App, "nobody=x");
        await SaysAsync(
            kubectl, "deployment.apps/web serviceaccount updated", "set", "serviceaccount", App, "default");

        await kubectl.WaitForAsync(
            "deployment", "web", "{.metadata.annotations.deployment\\.kubernetes\\.io/revision}", "5");
        await AnnotateAsync(kubectl, "kubernetes.io/change-cause=by hand");
        await Eventually.Async(
            "the cause", () => kubectl.OutputAsync("rollout", "history", App),
            text => text == "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n"
                + "3         <none>\n4         <none>\n5         by hand\n\n");
        await SaysAsync(kubectl, "deployment.apps/web rolled back", "rollout", "undo", App, "--to-revision=1");
        await SaysAsync(kubectl, "deployment.apps/web paused", "rollout", "pause", App);
        await RefusesAsync(
            kubectl, "error: deployments.apps \"web\" can't restart paused deployment (run rollout resume first)",
            "rollout", "restart", App);
        await SaysAsync(kubectl, "deployment.apps/web resumed", "rollout", "resume", App);
        await RefusesAsync(
            kubectl, "error: deployments.apps \"web\" is not paused", "rollout", "resume", App);
        await SaysAsync(kubectl, "deployment.apps/web restarted", "rollout", "restart", App);
        Assert.EndsWith(
            "deployment \"web\" successfully rolled out\n",
            await kubectl.OutputAsync("rollout", "status", App, "--timeout=60s"), StringComparison.Ordinal);

        await RefusesAsync(
            kubectl, "error: Expected replicas to be 3, was 0", "scale", App, "--current-replicas=3", "--replicas=1");
        await SaysAsync(kubectl, "deployment.apps/web scaled", "scale", App, "--current-replicas=0", "--replicas=0");
        await kubectl.OutputAsync("delete", App, "--wait=false");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Nodes_are_tainted_cordoned_and_drained(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        var (node, key) = (cluster.Local.Worker, $"{kubectl.Namespace}.test/busy");
        // The shared nodes keep their pods: what would hinder other tests is only tried.
        await SaysAsync(kubectl, $"node/{node} tainted", "taint", "node", node, $"{key}=yes:PreferNoSchedule");
        await RefusesAsync(
            kubectl, $"error: node {node} already has {key} taint(s) with same effect(s) and --overwrite is false",
            "taint", "node", node, $"{key}=no:PreferNoSchedule");
        await SaysAsync(kubectl, $"node/{node} untainted", "taint", "node", node, $"{key}-");
        await RefusesAsync(kubectl, $"error: taint \"{key}\" not found", "taint", "node", node, $"{key}-");
        await SaysAsync(kubectl, $"node/{node} cordoned (server dry run)", "cordon", node, "--dry-run=server");
        await SaysAsync(
            kubectl, $"node/{node} already uncordoned (server dry run)", "uncordon", node, "--dry-run=server");
        var drained = await kubectl.OutputAsync(
            "drain", node, "--dry-run=server", "--force", "--ignore-daemonsets", "--delete-emptydir-data");
        Assert.StartsWith($"node/{node} cordoned (server dry run)\n", drained, StringComparison.Ordinal);
        Assert.EndsWith($"node/{node} drained (server dry run)\n", drained, StringComparison.Ordinal);
    }

    private async Task<Kubectl> WithAppAsync(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await kubectl.OutputAsync("create", "deployment", "web", $"--image={TestImage.Name}", "--replicas=0");
        return kubectl;
    }

    private static async Task SaysAsync(Kubectl kubectl, string answer, params string[] arguments) => Assert.Equal(
        answer.Length == 0 ? "" : $"{answer}\n", await kubectl.OutputAsync(arguments));

    private static async Task RefusesAsync(Kubectl kubectl, string reason, params string[] arguments) =>
        Assert.Contains(reason, (await kubectl.RunAsync(arguments)).MustFail(), StringComparison.Ordinal);

    // kubectl 1.27 says "annotate".
    private static async Task AnnotateAsync(Kubectl kubectl, string annotation) => Assert.Matches(
        "^deployment\\.apps/web annotated?\n$", await kubectl.OutputAsync("annotate", App, annotation));

    // What was not changed is said on one channel by some versions, and on the other by others.
    private static async Task<string> EditAsync(Kubectl kubectl, string editor)
    {
        var result = await Command.RunAsync(
            "env", [$"KUBE_EDITOR={editor}", kubectl.Program, "--kubeconfig", kubectl.Kubeconfig, "-n",
                kubectl.Namespace, "edit", "configmap", "settings"]);
        return result.MustSucceed() + result.Errors;
    }
}
