namespace Netes.Tests.ApiServer;

/// <summary>
/// Goal: people's own kubectl works. Method: every kubectl on the machine against a server on loopback.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class KubectlTests(ServerFixture server)
{
    private const string Manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
        """;

    [Theory]
    [MemberData(nameof(Kubectl.All), MemberType = typeof(Kubectl))]
    public async Task Config_map_created_shown_and_deleted(string kubectl)
    {
        var space = await server.NamespaceAsync();
        Assert.Equal("configmap/a created", await Run("create", "configmap", "a", "--from-literal=x=y"));
        Assert.Matches(@"NAME +DATA +AGE\na +1 +\d+s", await Run("get", "configmap"));
        Assert.Equal("y", await Run("get", "configmap", "a", "-o", "jsonpath={.data.x}"));
        Assert.Contains("  x: \"y\"", await Run("get", "configmap", "a", "-o", "yaml"));
        Assert.Contains("already exists", await Run("create", "configmap", "a"));
        Assert.StartsWith("configmap \"a\" deleted", await Run("delete", "configmap", "a"));
        Assert.Contains("configmaps \"a\" not found", await Run("get", "configmap", "a"));

        Task<string> Run(params string[] arguments) =>
            Kubectl.RunAsync(server, kubectl, "", ["-n", space, .. arguments]);
    }

    [Theory]
    [MemberData(nameof(Kubectl.All), MemberType = typeof(Kubectl))]
    public async Task Deployment_applied_scaled_patched_and_explained(string kubectl)
    {
        var space = await server.NamespaceAsync();
        Assert.Equal("deployment.apps/web created\nservice/web created", await Run(Manifest, "apply", "-f", "-"));
        Assert.Equal("deployment.apps/web unchanged\nservice/web unchanged", await Run(Manifest, "apply", "-f", "-"));
        Assert.Equal(
            "deployment.apps/web configured\nservice/web unchanged",
            await Run(Manifest.Replace("nginx", "nginx:2", StringComparison.Ordinal), "apply", "-f", "-"));
        Assert.Equal("deployment.apps/web scaled", await Run("", "scale", "deployment/web", "--replicas=5"));
        Assert.Equal("deployment.apps/web image updated", await Run("", "set", "image", "deployment/web", "c=other"));
        Assert.Equal("deployment.apps/web labeled", await Run("", "label", "deployment", "web", "x=y"));
        Assert.Equal(
            "other 5 4",
            await Run("", "get", "deployment", "web", "-o",
                "jsonpath={.spec.template.spec.containers[0].image} {.spec.replicas} {.metadata.generation}"));
        Assert.Contains("0/5", await Run("", "get", "deployment", "-l", "x=y", "-o", "wide"));
        Assert.Contains("replicas <integer>", await Run("", "explain", "deployment.spec.replicas"));
        Assert.Contains("Annotations:", await Run("", "describe", "deployment", "web"));

        Task<string> Run(string input, params string[] arguments) =>
            Kubectl.RunAsync(server, kubectl, input, ["-n", space, .. arguments]);
    }

    [Theory]
    [MemberData(nameof(Kubectl.All), MemberType = typeof(Kubectl))]
    public async Task Unknown_field_named_and_refused(string kubectl)
    {
        var space = await server.NamespaceAsync();
        var said = await Kubectl.RunAsync(
            server, kubectl, Manifest.Replace("image: nginx", "imag: nginx", StringComparison.Ordinal),
            "-n", space, "apply", "-f", "-");
        Assert.Contains("unknown field \"spec.template.spec.containers[0].imag\"", said);
    }
}
