namespace Netes.Tests.ApiServer.FieldManagement;

/// <summary>Goal: people's own kubectl applies on the server's side. Method: every kubectl on the machine.</summary>
[Collection(ServerCollection.Name)]
public sealed class KubectlApplyTests(ServerFixture server)
{
    private const string Manifest = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: m}
        data: {x: "1", y: "1"}
        """;

    [Theory]
    [MemberData(nameof(Kubectl.All), MemberType = typeof(Kubectl))]
    public async Task Applied_refused_forced_compared_and_shown(string kubectl)
    {
        var space = await server.NamespaceAsync();
        Assert.Equal("configmap/m serverside-applied", await Run(Manifest, "apply", "--server-side", "-f", "-"));
        var shown = await Run("", "get", "configmap", "m", "-o", "yaml", "--show-managed-fields");
        Assert.Contains("fieldsType: FieldsV1", shown);
        Assert.Contains("manager: kubectl\n", shown);
        Assert.Contains("operation: Apply", shown);
        Assert.DoesNotContain("managedFields", await Run("", "get", "configmap", "m", "-o", "yaml"));
        var changed = Manifest.Replace("x: \"1\"", "x: \"2\"", StringComparison.Ordinal);
        var refused = await Run(changed, "apply", "--server-side", "--field-manager=other", "-f", "-");
        Assert.Contains("Apply failed with 1 conflict: conflict with \"kubectl\": .data.x", refused);
        Assert.Contains("Please review the fields above--they currently have other managers.", refused);
        var difference = await Run(changed, "diff", "--server-side", "-f", "-");
        Assert.Contains("-  x: \"1\"", difference);
        Assert.Contains("+  x: \"2\"", difference);
        Assert.Equal("configmap/m serverside-applied", await Run(
            changed, "apply", "--server-side", "--force-conflicts", "--field-manager=other", "-f", "-"));
        Assert.Equal("2", await Run("", "get", "configmap", "m", "-o", "jsonpath={.data.x}"));

        Task<string> Run(string input, params string[] arguments) =>
            Kubectl.RunAsync(server, kubectl, input, ["-n", space, .. arguments]);
    }

    [Theory]
    [MemberData(nameof(Kubectl.All), MemberType = typeof(Kubectl))]
    public async Task What_was_applied_by_the_client_goes_over_to_the_server(string kubectl)
    {
        var space = await server.NamespaceAsync();
        Assert.Equal("configmap/m created", await Run(Manifest, "apply", "-f", "-"));
        Assert.Contains("kubectl-client-side-apply", await ManagersAsync());
        var less = Manifest.Replace(", y: \"1\"", "", StringComparison.Ordinal)
            .Replace("x: \"1\"", "x: \"2\"", StringComparison.Ordinal);
        Assert.Equal("configmap/m serverside-applied", await Run(less, "apply", "--server-side", "-f", "-"));
        Assert.Equal("{\"x\":\"2\"}", await Run("", "get", "configmap", "m", "-o", "jsonpath={.data}"));
        Assert.Equal("kubectl-last-applied kubectl", await ManagersAsync());
        Assert.Contains("\"x\":\"2\"", await Run("", "get", "configmap", "m", "-o",
            "jsonpath={.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}"));

        // And back: the annotation was kept true.
        Assert.Equal("configmap/m configured", await Run(Manifest, "apply", "-f", "-"));
        Assert.Equal("1", await Run("", "get", "configmap", "m", "-o", "jsonpath={.data.x}"));

        Task<string> ManagersAsync() =>
            Run("", "get", "configmap", "m", "-o", "jsonpath={.metadata.managedFields[*].manager}");

        Task<string> Run(string input, params string[] arguments) =>
            Kubectl.RunAsync(server, kubectl, input, ["-n", space, .. arguments]);
    }
}
