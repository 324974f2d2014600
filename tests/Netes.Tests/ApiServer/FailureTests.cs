using System.Text.Json;

namespace Netes.Tests.ApiServer;

/// <summary>Goal: bad requests get Kubernetes' own Status, and change nothing.</summary>
[Collection(ServerCollection.Name)]
public sealed class FailureTests(ServerFixture server)
{
    private TestClient Client => server.Admin;

    [Fact]
    public async Task Missing_object_is_not_found()
    {
        var (code, json) = await Client.CallAsync("GET", "/apis/apps/v1/namespaces/default/deployments/x");
        Assert.Equal(404, code);
        Assert.Equal(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"deployments.apps \"x\" not found","reason":"NotFound","details":{"name":"x","group":"apps","kind":"deployments"},"code":404}""",
            json.GetRawText());
    }

    [Theory]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"x\"},\"dat\":{}}",
        400, "BadRequest",
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"dat\"")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
        400, "BadRequest",
        "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\"}",
        400, "BadRequest", "the API version in the data (apps/v1) does not match the expected API version (v1)")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"x\",\"namespace\":\"y\"}}",
        400, "BadRequest", "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps",
        "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"1\"}}",
        400, "BadRequest", "resourceVersion should not be set on objects to be created")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{}}",
        422, "Invalid", "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    [InlineData("POST", "/api/v1/namespaces/nope/configmaps", "{\"metadata\":{\"name\":\"x\"}}",
        404, "NotFound", "namespaces \"nope\" not found")]
    [InlineData("PUT", "/api/v1/namespaces/default/configmaps/x", "{\"metadata\":{\"name\":\"y\"}}",
        400, "BadRequest", "the name of the object (y) does not match the name on the URL (x)")]
    [InlineData("PUT", "/api/v1/namespaces/default/configmaps/x", "{\"metadata\":{\"name\":\"x\"}}",
        404, "NotFound", "configmaps \"x\" not found")]
    [InlineData("GET", "/api/v1/namespaces/default/configmaps?fieldSelector=a%3Db", null,
        400, "BadRequest", "\"a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("GET", "/api/v1/pods?fieldSelector=spec.a%3Db", null, 400, "BadRequest",
        "field label not supported: spec.a")]
    [InlineData("GET", "/api/v1/pods?resourceVersionMatch=Exact", null, 422, "Invalid",
        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps?dryRun=some", "{\"metadata\":{\"name\":\"x\"}}", 422,
        "Invalid",
        "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"some\": supported values: \"All\"")]
    public async Task Bad_request_refused_in_Kubernetes_words(
        string method, string path, string? body, int expectedCode, string reason, string message)
    {
        var strict = path.Contains('?', StringComparison.Ordinal) ? path : path + "?fieldValidation=Strict";
        if (body is not null && !body.Contains("kind", StringComparison.Ordinal))
        {
            body = body.Insert(1, "\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",");
        }

        var (code, json) = await Client.CallAsync(method, strict, body);
        Assert.Equal(message, json.GetProperty("message").GetString());
        Assert.Equal((expectedCode, reason), (code, json.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Unknown_field_without_strictness_is_a_warning()
    {
        using var response = await Client.SendAsync(
            "POST", "/api/v1/namespaces/default/configmaps?dryRun=All",
            """{"metadata":{"name":"x"},"dat":{}}"""u8.ToArray());
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal("299 - \"unknown field \\\"dat\\\"\"", response.Headers.GetValues("Warning").Single());
    }

    [Fact]
    public async Task Warning_of_any_text_is_a_header_that_can_be_sent()
    {
        using var response = await Client.SendAsync(
            "POST", "/api/v1/namespaces/default/configmaps?dryRun=All",
            """{"metadata":{"name":"x"},"d\u0001ä\n":{}}"""u8.ToArray());
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Contains("unknown field", response.Headers.GetValues("Warning").Single());
    }

    [Fact]
    public async Task Stale_update_conflicts_and_loses()
    {
        var space = await server.NamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        var first = await Client.OkAsync("POST", path, """{"metadata":{"name":"x"},"data":{"a":"1"}}""");
        await Client.OkAsync("PUT", path + "/x",
            first.GetRawText().Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        var (code, json) = await Client.CallAsync(
            "PUT", path + "/x", first.GetRawText().Replace("\"a\":\"1\"", "\"a\":\"3\"", StringComparison.Ordinal));
        Assert.Equal(409, code);
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"x\": the object has been modified; please apply your changes "
            + "to the latest version and try again", json.GetProperty("message").GetString());
        var stored = await Client.OkAsync("GET", path + "/x");
        Assert.Equal("2", stored.GetProperty("data").GetProperty("a").GetString());
    }

    [Fact]
    public async Task Unknown_media_types_are_415_and_406()
    {
        var path = "/api/v1/namespaces/default/configmaps";
        var (code, json) = await Client.CallAsync("POST", path, "x", "text/plain");
        Assert.Equal((415, "UnsupportedMediaType"), (code, json.GetProperty("reason").GetString()));
        (code, json) = await Client.CallAsync("GET", path, accept: "image/png");
        Assert.Equal((406, "NotAcceptable"), (code, json.GetProperty("reason").GetString()));
        (code, json) = await Client.CallAsync("PATCH", path + "/x", "{}", "application/json");
        Assert.Equal((415, "UnsupportedMediaType"), (code, json.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Body_above_the_limit_is_413()
    {
        var (code, json) = await Client.CallAsync(
            "POST", "/api/v1/namespaces/default/configmaps", new string(' ', (3 << 20) + 1));
        Assert.Equal((413, "RequestEntityTooLarge"), (code, json.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Unserved_path_is_404_and_stranger_is_401()
    {
        using var unknown = await Client.SendAsync("GET", "/apis/nope/v1/things");
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal("404 page not found\n",
            await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var endpoint = await server.Server.Listening;
        using var stranger = new TestClient($"https://127.0.0.1:{endpoint.Port}", null);
        var (code, json) = await stranger.CallAsync("GET", "/api/v1/pods");
        Assert.Equal((401, "Unauthorized"), (code, json.GetProperty("message").GetString()));
        using var health = await stranger.SendAsync("GET", "/readyz");
        Assert.Equal("ok", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
