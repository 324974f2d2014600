using System.Net;
using System.Text;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.Tests.ApiServer;

/// <summary>Goal: what cannot be done is refused in Kubernetes' words and in the client's notation.</summary>
[Collection(ServerCollection.Name)]
public sealed class RefusalTests(ServerFixture server)
{
    private const string Deployment = """
        {"metadata":{"name":"web"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{
        "metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """;

    private TestClient Client => server.Admin;

    [Theory]
    [InlineData("GET", "/api/v1/foos", 404, "the server could not find the requested resource")]
    [InlineData("GET", "/api/v9", 404, "the server could not find the requested resource")]
    [InlineData("GET", "/apis/apps/v9", 404, "the server could not find the requested resource")]
    [InlineData("GET", "/apis/apps/v9/deployments", 404, "the server could not find the requested resource")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/p/foo", 404,
        "the server could not find the requested resource")]
    [InlineData("PUT", "/api/v1/namespaces/default/pods", 405,
        "the server does not allow this method on the requested resource")]
    [InlineData("DELETE", "/api/v1/pods", 405, "the server does not allow this method on the requested resource")]
    [InlineData("GET", "/api/v1/pods?timeout=soon", 400,
        "invalid timeout specified in the request URL - time: invalid duration \"soon\"")]
    [InlineData("GET", "/api/v1/pods?limit=1&continue=x!", 400,
        "invalid continue token: continue key is not valid: illegal base64 data or encoding: 2 bytes")]
    public async Task Request_that_nothing_serves_is_refused(string method, string path, int code, string message)
    {
        var (found, json) = await Client.CallAsync(method, path);
        Assert.Equal((code, message), (found, json.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("merge-patch", """{"spec":{"replicas":"x"}}""", "patch: Invalid value: \"{\\\"",
        "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("strategic-merge-patch", """{"spec":{"replicas":"x"}}""",
        "patch: Invalid value: \"map[spec:map[replicas:x]]\"", "unrecognized type: int32")]
    [InlineData("strategic-merge-patch", """{"metadata":{"labels":[]}}""",
        "patch: Invalid value: \"map[metadata:map[labels:[]]]\"", "cannot restore map from slice")]
    [InlineData("strategic-merge-patch", """{"spec":{"template":5}}""",
        "patch: Invalid value: \"map[spec:map[template:5]]\"", "cannot restore struct from: int64")]
    public async Task Patch_with_a_value_of_another_type_is_422(string kind, string patch, string start, string end)
    {
        var path = await DeploymentAsync();
        var (code, json) = await Client.CallAsync("PATCH", path, patch, $"application/{kind}+json");
        Assert.Equal(422, code);
        var message = json.GetProperty("message").GetString();
        Assert.StartsWith($" \"\" is invalid: {start}", message, StringComparison.Ordinal);
        Assert.EndsWith(end, message, StringComparison.Ordinal);
        Assert.Equal("patch", json.GetProperty("details").GetProperty("causes")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Patch_with_unknown_fields_is_422_where_asked_and_a_warning_otherwise()
    {
        var path = await DeploymentAsync();
        const string Patch = """{"spec":{"paused":true,"paused":false,"foo":1}}""";
        var (code, json) = await Client.CallAsync(
            "PATCH", path + "?fieldValidation=Strict", Patch, "application/merge-patch+json");
        Assert.Equal(422, code);
        Assert.EndsWith(
            "strict decoding error: duplicate field \"spec.paused\", unknown field \"spec.foo\"",
            json.GetProperty("message").GetString(), StringComparison.Ordinal);
        using var warned = await Client.SendAsync(
            "PATCH", path, Encoding.UTF8.GetBytes(Patch), "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.OK, warned.StatusCode);
        Assert.Equal(
            ["299 - \"duplicate field \\\"spec.paused\\\"\"", "299 - \"unknown field \\\"spec.foo\\\"\""],
            warned.Headers.GetValues("Warning"));
    }

    [Theory]
    [InlineData("/api/v1/endpoints")]
    [InlineData("/api/v1/namespaces/default/endpoints/nobody")]
    public async Task Answer_about_a_deprecated_kind_warns(string path)
    {
        using var answer = await Client.SendAsync("GET", path);
        Assert.Equal(
            ["299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\""],
            answer.Headers.GetValues("Warning"));
    }

    [Fact]
    public async Task Patch_and_update_of_another_namespace_are_400()
    {
        var path = await DeploymentAsync();
        var space = path.Split('/')[5];
        var expected = (400, $"the namespace of the object (zz) does not match the namespace on the request ({space})");
        var (code, json) = await Client.CallAsync(
            "PATCH", path, """{"metadata":{"namespace":"zz"}}""", "application/merge-patch+json");
        Assert.Equal(expected, (code, json.GetProperty("message").GetString()));
        (code, json) = await Client.CallAsync("PUT", path, """{"metadata":{"name":"web","namespace":"zz"}}""");
        Assert.Equal(expected, (code, json.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Failure_comes_in_the_notation_that_the_client_reads()
    {
        using var proto = await Client.SendAsync(
            "GET", "/api/v1/nodes/nope", accept: "application/vnd.kubernetes.protobuf,application/json");
        Assert.Equal("application/vnd.kubernetes.protobuf", proto.Content.Headers.ContentType?.MediaType);
        var status = ProtoCodec.Decode<Status>(
            await proto.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Value!;
        Assert.Equal((404, "nodes \"nope\" not found"), (status.Code, status.Message));
        using var yaml = await Client.SendAsync("GET", "/api/v1/nodes/nope", accept: "application/yaml");
        Assert.Contains(
            "reason: NotFound", await yaml.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        using var table = await Client.SendAsync(
            "GET", "/api/v1/nodes/nope", accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        Assert.Equal("application/json", table.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Selector_of_fifty_kilobytes_is_read_over_http2()
    {
        var names = string.Join(',', Enumerable.Range(0, 2500).Select(static number => $"value-{number:d12}"));
        var list = await Client.OkAsync("GET", $"/api/v1/nodes?labelSelector=name+in+({names})");
        Assert.Equal(0, list.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Health_check_that_does_not_exist_cannot_be_excluded()
    {
        using var answer = await Client.SendAsync("GET", "/livez?verbose&exclude=huh");
        Assert.Contains(
            "warn: some health checks cannot be excluded: no matches for \"huh\"\n",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<string> DeploymentAsync()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        await Client.OkAsync("POST", path, Deployment);
        return path + "/web";
    }
}
