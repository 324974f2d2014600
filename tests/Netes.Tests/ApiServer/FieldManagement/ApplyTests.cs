using System.Text.Json;

namespace Netes.Tests.ApiServer.FieldManagement;

/// <summary>Goal: server-side apply is Kubernetes'. Method: PATCH over HTTP, rule by rule.</summary>
[Collection(ServerCollection.Name)]
public sealed class ApplyTests(ServerFixture server)
{
    private const string Apply = "application/apply-patch+yaml";
    private const string Merge = "application/merge-patch+json";

    private TestClient Client => server.Admin;

    [Fact]
    public async Task Applied_object_is_made_and_belongs_to_who_applied_it()
    {
        var path = await MapsAsync();
        var (code, made) = await Client.CallAsync("PATCH", path + "/m?fieldManager=a", """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: m, labels: {l: "1"}}
            data:
              x: "1"
            """, Apply);
        Assert.Equal(201, code);
        Assert.Equal(
            ["a Apply {\"f:data\":{\"f:x\":{}},\"f:metadata\":{\"f:labels\":{\"f:l\":{}}}}"], Owned(made));
        var (again, same) = await Client.CallAsync(
            "PATCH", path + "/m?fieldManager=a", Map(""" "labels":{"l":"1"} """, """ "x":"1" """), Apply);
        Assert.Equal(200, again);
        Assert.Equal(made.GetRawText(), same.GetRawText());
    }

    [Fact]
    public async Task Field_of_another_is_a_conflict_unless_it_is_forced()
    {
        var path = await MapsAsync();
        await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", """ "x":"1","y":"1" """), Apply);
        var (code, json) = await Client.CallAsync(
            "PATCH", path + "/m?fieldManager=b", Map("", """ "x":"2" """), Apply);
        Assert.Equal(409, code);
        Assert.Equal("Conflict", json.GetProperty("reason").GetString());
        Assert.Equal("Apply failed with 1 conflict: conflict with \"a\": .data.x", Message(json));
        var cause = json.GetProperty("details").GetProperty("causes")[0];
        Assert.Equal("FieldManagerConflict", cause.GetProperty("reason").GetString());
        Assert.Equal("conflict with \"a\"", cause.GetProperty("message").GetString());
        Assert.Equal(".data.x", cause.GetProperty("field").GetString());
        var forced = await Client.OkAsync(
            "PATCH", path + "/m?fieldManager=b&force=true", Map("", """ "x":"2" """), Apply);
        Assert.Equal("2", forced.GetProperty("data").GetProperty("x").GetString());
        Assert.Equal(["a Apply {\"f:data\":{\"f:y\":{}}}", "b Apply {\"f:data\":{\"f:x\":{}}}"], Owned(forced));
    }

    [Fact]
    public async Task Conflicts_with_several_are_listed_by_manager()
    {
        var path = await MapsAsync();
        await Client.OkAsync(
            "POST", path + "?fieldManager=u", """{"metadata":{"name":"m"},"data":{"x":"1","y":"1"}}""");
        await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", """ "z":"1" """), Apply);
        var (code, json) = await Client.CallAsync(
            "PATCH", path + "/m?fieldManager=b", Map("", """ "x":"2","y":"2","z":"2" """), Apply);
        Assert.Equal(409, code);
        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"a\":\n- .data.z\n"
            + "conflicts with \"u\" using v1:\n- .data.x\n- .data.y", Message(json));
    }

    [Fact]
    public async Task Same_value_is_shared_and_removed_only_when_nobody_holds_it()
    {
        var path = await MapsAsync();
        await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", """ "x":"1","y":"1" """), Apply);
        var shared = await Client.OkAsync("PATCH", path + "/m?fieldManager=b", Map("", """ "x":"1" """), Apply);
        Assert.Equal(2, Owned(shared).Count);
        var less = await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", """ "z":"1" """), Apply);
        Assert.Equal("""{"x":"1","z":"1"}""", less.GetProperty("data").GetRawText());
        var none = await Client.OkAsync("PATCH", path + "/m?fieldManager=b", Map("", ""), Apply);
        Assert.Equal("""{"z":"1"}""", none.GetProperty("data").GetRawText());
        Assert.Equal(["a Apply {\"f:data\":{\"f:z\":{}}}"], Owned(none));
    }

    [Fact]
    public async Task Items_of_lists_are_merged_by_their_keys_and_their_defaults()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        await Client.OkAsync("PATCH", path + "/web?fieldManager=a", Deployment("""
            {"name":"c","image":"i","ports":[{"containerPort":80}],"env":[{"name":"A","value":"1"}]}
            """), Apply);
        var merged = await Client.OkAsync("PATCH", path + "/web?fieldManager=b", Deployment("""
            {"name":"c","ports":[{"containerPort":80,"protocol":"UDP"}],"env":[{"name":"B","value":"2"}]},
            {"name":"d","image":"j"}
            """), Apply);
        var containers = Containers(merged);
        Assert.Equal(2, containers.GetArrayLength());
        Assert.Equal(2, containers[0].GetProperty("ports").GetArrayLength());
        Assert.Equal(2, containers[0].GetProperty("env").GetArrayLength());
        Assert.Contains("k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}", Owned(merged)[0]);
        var (code, json) = await Client.CallAsync("PATCH", path + "/web?fieldManager=z", Deployment("""
            {"name":"c","image":"other"}
            """), Apply);
        Assert.Equal(409, code);
        Assert.Contains("conflict with \"a\": .spec.template.spec.containers[name=\"c\"].image", Message(json));
        var left = await Client.OkAsync("PATCH", path + "/web?fieldManager=b", Deployment("""
            {"name":"c","env":[{"name":"B","value":"2"}]}
            """), Apply);
        containers = Containers(left);
        Assert.Equal(1, containers.GetArrayLength());
        Assert.Equal(1, containers[0].GetProperty("ports").GetArrayLength());
    }

    [Theory]
    [InlineData(""" "foo":1 """, ".spec.foo: field not declared in schema")]
    [InlineData(""" "replicas":"two" """, ".spec.replicas: expected numeric (int or float), got string")]
    [InlineData(""" "template":{"spec":{"containers":[{"name":"c","env":[{"name":"A","value":1}]}]}} """,
        ".spec.template.spec.containers[name=\"c\"].env[name=\"A\"].value: expected string, got "
        + "&value.valueUnstructured{Value:1}")]
    [InlineData(""" "template":{"spec":{"containers":[{"name":"c","env":[{"name":"A"},{"name":"A"}]}]}} """,
        ".spec.template.spec.containers[name=\"c\"].env: duplicate entries for key [name=\"A\"]")]
    [InlineData(""" "template":{"spec":{"containers":[{"image":"c"}]}} """,
        ".spec.template.spec.containers: element 0: associative list with keys has an element that omits key field "
        + "\"name\" (and doesn't have default value)")]
    public async Task What_is_not_as_the_schema_is_refused(string spec, string why)
    {
        var space = await server.NamespaceAsync();
        var (code, json) = await Client.CallAsync(
            "PATCH", $"/apis/apps/v1/namespaces/{space}/deployments/web?fieldManager=a",
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"namespace\":\"" + space
            + "\"},\"spec\":{" + spec + "}}", Apply);
        Assert.Equal(500, code);
        Assert.Equal(
            $"failed to create typed patch object ({space}/web; apps/v1, Kind=Deployment): {why}", Message(json));
    }

    [Fact]
    public async Task Requests_that_cannot_be_applied_are_refused()
    {
        var path = await MapsAsync();
        var (code, json) = await Client.CallAsync("PATCH", path + "/m", Map("", ""), Apply);
        Assert.Equal(422, code);
        Assert.Contains("fieldManager: Required value: is required for apply patch", Message(json));
        await RefusedAsync(400, Map(""" "managedFields":[{}] """, ""), "metadata.managedFields must be nil");
        await RefusedAsync(
            400, """{"apiVersion":"v1","kind":"Secret"}""", "invalid object type: /v1, Kind=Secret");
        await RefusedAsync(400, "a: [", "error decoding YAML:");
        await RefusedAsync(409, Map(""" "uid":"1" """, ""), "uid mismatch: the provided object specified uid 1");
        await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", """ "x":"1" """), Apply);
        await RefusedAsync(409, Map(""" "resourceVersion":"1" """, ""), "the object has been modified");
        (code, json) = await Client.CallAsync("PATCH", path + "/m?force=true", """{"data":{}}""", Merge);
        Assert.Equal(422, code);
        Assert.Contains("force: Forbidden: may not be specified for non-apply patch", Message(json));

        async Task RefusedAsync(int expected, string body, string why)
        {
            var (status, answer) = await Client.CallAsync("PATCH", path + "/m?fieldManager=a", body, Apply);
            Assert.Equal(expected, status);
            Assert.Contains(why, Message(answer));
        }
    }

    [Fact]
    public async Task Dry_run_stores_nothing()
    {
        var path = await MapsAsync();
        var (code, _) = await Client.CallAsync(
            "PATCH", path + "/m?fieldManager=a&dryRun=All", Map("", """ "x":"1" """), Apply);
        Assert.Equal(201, code);
        Assert.Equal(404, (await Client.CallAsync("GET", path + "/m")).Code);
    }

    [Fact]
    public async Task Status_is_applied_through_its_subresource_alone()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/pods";
        const string Pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]},
            "status":{"message":"m"}}
            """;
        var made = await Client.OkAsync("PATCH", path + "/p?fieldManager=a", Pod, Apply);
        Assert.False(made.GetProperty("status").TryGetProperty("message", out _));
        Assert.DoesNotContain("f:status", Owned(made)[0]);
        var told = await Client.OkAsync("PATCH", path + "/p/status?fieldManager=a", Pod, Apply);
        Assert.Equal("m", told.GetProperty("status").GetProperty("message").GetString());
        Assert.Contains("a Apply {\"f:status\":{\"f:message\":{}}}", Owned(told));
        Assert.Equal(404, (await Client.CallAsync(
            "PATCH", path + "/q/status?fieldManager=a", Pod.Replace("\"p\"", "\"q\""), Apply)).Code);
    }

    [Fact]
    public async Task Scale_is_applied_as_the_field_it_stands_for()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        await Client.OkAsync("PATCH", path + "/web?fieldManager=a",
            Deployment("""{"name":"c","image":"i"}""", """ "replicas":2, """), Apply);
        const string Scale = """
            {"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{"replicas":4}}
            """;
        var (code, json) = await Client.CallAsync("PATCH", path + "/web/scale?fieldManager=s", Scale, Apply);
        Assert.Equal(409, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"a\": .spec.replicas", Message(json));
        var scaled = await Client.OkAsync("PATCH", path + "/web/scale?fieldManager=s&force=true", Scale, Apply);
        Assert.Equal(4, scaled.GetProperty("spec").GetProperty("replicas").GetInt32());
        Assert.Contains(
            "s Apply {\"f:spec\":{\"f:replicas\":{}}}", Owned(await Client.OkAsync("GET", path + "/web")));
    }

    [Fact]
    public async Task What_was_not_tracked_belongs_to_before_first_apply()
    {
        var path = await MapsAsync();
        await Client.OkAsync("POST", path, """{"metadata":{"name":"m"},"data":{"x":"1"}}""");
        await Client.OkAsync("PATCH", path + "/m", """{"metadata":{"managedFields":[{}]}}""", Merge);
        var (code, json) = await Client.CallAsync(
            "PATCH", path + "/m?fieldManager=a", Map("", """ "x":"2" """), Apply);
        Assert.Equal(409, code);
        Assert.Equal(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.x", Message(json));
    }

    [Fact]
    public async Task Finalizers_are_a_set_and_selectors_are_atomic()
    {
        var path = await MapsAsync();
        await Client.OkAsync(
            "PATCH", path + "/m?fieldManager=a", Map(""" "finalizers":["x.io/a"] """, ""), Apply);
        var both = await Client.OkAsync(
            "PATCH", path + "/m?fieldManager=b", Map(""" "finalizers":["x.io/b"] """, ""), Apply);
        Assert.Equal(2, both.GetProperty("metadata").GetProperty("finalizers").GetArrayLength());
        Assert.Contains("b Apply {\"f:metadata\":{\"f:finalizers\":{\"v:\\\"x.io/b\\\"\":{}}}}", Owned(both));
        var freed = await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", ""), Apply);
        Assert.Equal("[\"x.io/b\"]", freed.GetProperty("metadata").GetProperty("finalizers").GetRawText());
    }

    [Fact]
    public async Task Metadata_stays_where_its_last_field_is_applied_no_more()
    {
        var path = await MapsAsync();
        await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map(""" "labels":{"l":"1"} """, ""), Apply);
        var bare = await Client.OkAsync("PATCH", path + "/m?fieldManager=a", Map("", ""), Apply);
        Assert.False(bare.GetProperty("metadata").TryGetProperty("labels", out _));
        Assert.False(bare.GetProperty("metadata").TryGetProperty("managedFields", out _));
    }

    private async Task<string> MapsAsync() => $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";

    private static string Map(string metadata, string data) =>
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\""
        + (metadata.Length > 0 ? "," : "") + metadata + "}" + (data.Length > 0 ? ",\"data\":{" + data + "}" : "") + "}";

    private static string Deployment(string containers, string spec = "") => """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{SPEC"selector":{"matchLabels":
        {"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[CONTAINERS]}}}}
        """.Replace("SPEC", spec).Replace("CONTAINERS", containers);

    private static JsonElement Containers(JsonElement json) =>
        json.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers");

    private static string? Message(JsonElement json) => json.GetProperty("message").GetString();

    private static List<string> Owned(JsonElement json) =>
    [
        .. json.GetProperty("metadata").GetProperty("managedFields").EnumerateArray().Select(static entry =>
            $"{entry.GetProperty("manager").GetString()} {entry.GetProperty("operation").GetString()} "
            + entry.GetProperty("fieldsV1").GetRawText()),
    ];
}
