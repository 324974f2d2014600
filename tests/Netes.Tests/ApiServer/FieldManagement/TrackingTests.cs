using System.Text.Json;

namespace Netes.Tests.ApiServer.FieldManagement;

/// <summary>Goal: who sets which fields is kept as Kubernetes keeps it. Method: writes over HTTP.</summary>
[Collection(ServerCollection.Name)]
public sealed class TrackingTests(ServerFixture server)
{
    private const string Merge = "application/merge-patch+json";

    private TestClient Client => server.Admin;

    [Fact]
    public async Task Created_deployment_belongs_to_its_creator_with_its_defaults()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        var made = await Client.OkAsync("POST", path + "?fieldManager=kubectl-create", """
            {"metadata":{"name":"web","labels":{"app":"web"}},"spec":{"selector":{"matchLabels":{"app":"web"}},
            "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"nginx",
            "ports":[{"containerPort":80}]}]}}}}
            """);
        var entry = Assert.Single(Entries(made));
        Assert.Equal("kubectl-create Update apps/v1  FieldsV1", Head(entry));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", entry.GetProperty("time").GetString());

        // As kubectl create deployment gives it on Kubernetes.
        Assert.Equal(
            """
            {"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},
            "f:revisionHistoryLimit":{},"f:selector":{},"f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},
            "f:maxUnavailable":{}},"f:type":{}},"f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},
            "f:spec":{"f:containers":{"k:{\"name\":\"nginx\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},
            "f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},
            "f:protocol":{}}},"f:resources":{},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},
            "f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},
            "f:terminationGracePeriodSeconds":{}}}}}
            """.ReplaceLineEndings(""),
            Fields(entry));
    }

    [Fact]
    public async Task What_admission_sets_belongs_to_nobody()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/pods";
        var made = await Client.OkAsync("POST", path + "?fieldManager=a", """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}
            """);
        Assert.Equal("default", made.GetProperty("spec").GetProperty("serviceAccountName").GetString());
        var fields = Fields(Assert.Single(Entries(made)));
        Assert.DoesNotContain("f:serviceAccountName", fields);
        Assert.DoesNotContain("f:volumes", fields);
        Assert.DoesNotContain("f:tolerations", fields);
        Assert.DoesNotContain("f:status", fields);
        Assert.Contains("\"f:enableServiceLinks\":{}", fields);
    }

    [Fact]
    public async Task Field_goes_to_who_changes_it_and_who_owns_nothing_leaves()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        const string Body = """{"metadata":{"name":"m"},"data":{"x":"1","y":"1"}}""";
        await Client.OkAsync("POST", path + "?fieldManager=a", Body);
        var patched = await Client.OkAsync(
            "PATCH", path + "/m?fieldManager=b", """{"data":{"x":"2","z":"1"}}""", Merge);
        Assert.Equal(
            ["a {\"f:data\":{\".\":{},\"f:y\":{}}}", "b {\"f:data\":{\"f:x\":{},\"f:z\":{}}}"], Owned(patched));
        var other = await Client.OkAsync(
            "PATCH", path + "/m?fieldManager=c", """{"data":{"x":"3","z":null}}""", Merge);
        Assert.Equal(["a {\"f:data\":{\".\":{},\"f:y\":{}}}", "c {\"f:data\":{\"f:x\":{}}}"], Owned(other));
    }

    [Fact]
    public async Task Status_is_tracked_as_its_subresource_and_the_user_agent_names_the_manager()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/pods";
        await Client.OkAsync("POST", path + "?fieldManager=a", """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]},"status":{"message":"no"}}
            """);
        var patched = await Client.OkAsync("PATCH", path + "/p/status?fieldManager=kubelet", """
            {"spec":{"activeDeadlineSeconds":5},"status":{"message":"yes","conditions":[{"type":"Ready","status":"True"}]}}
            """, "application/strategic-merge-patch+json");
        var entry = Entries(patched)[1];
        Assert.Equal("kubelet Update v1 status FieldsV1", Head(entry));
        Assert.Equal(
            """
            {"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:status":{},"f:type":{}}},"f:message":{}}}
            """,
            Fields(entry).Replace("\".\":{},\"k:", "\"k:", StringComparison.Ordinal)
                .Replace("\"f:lastProbeTime\":{},", "", StringComparison.Ordinal)
                .Replace("\"f:lastTransitionTime\":{},", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_that_changes_nothing_is_none_and_stale_fields_sent_along_are_kept()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        const string Body = """{"metadata":{"name":"m"},"data":{"x":"1"}}""";
        var made = await Client.OkAsync("POST", path + "?fieldManager=a", Body);
        var put = await Client.OkAsync("PUT", path + "/m?fieldManager=b", made.GetRawText());
        Assert.Equal(Version(made), Version(put));
        var bare = await Client.OkAsync("PUT", path + "/m?fieldManager=b", Body);
        Assert.Equal(Version(made), Version(bare));
        Assert.Equal(["a {\"f:data\":{\".\":{},\"f:x\":{}}}"], Owned(bare));
    }

    [Fact]
    public async Task One_empty_entry_forgets_all_and_nothing_is_tracked_after_that()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"m"},"data":{"x":"1"}}""");
        var kept = await Client.OkAsync("PATCH", path + "/m", """{"metadata":{"managedFields":[]}}""", Merge);
        Assert.Single(Entries(kept));
        var reset = await Client.OkAsync("PATCH", path + "/m", """{"metadata":{"managedFields":[{}]}}""", Merge);
        Assert.False(reset.GetProperty("metadata").TryGetProperty("managedFields", out _));
        var changed = await Client.OkAsync("PATCH", path + "/m", """{"data":{"x":"2"}}""", Merge);
        Assert.False(changed.GetProperty("metadata").TryGetProperty("managedFields", out _));
    }

    [Fact]
    public async Task Managed_fields_sent_along_are_taken_where_they_can_be_read()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path + "?fieldManager=a", """{"metadata":{"name":"m"},"data":{"x":"1"}}""");
        const string Body = """
            {"metadata":{"managedFields":[{"manager":"z","operation":"OPERATION","apiVersion":"v1","fieldsType":"FieldsV1",
            "fieldsV1":{"f:data":{"f:x":{},".":{}}}}]}}
            """;
        var bad = await Client.OkAsync("PATCH", path + "/m", Body.Replace("OPERATION", "Guess"), Merge);
        Assert.Equal(["a {\"f:data\":{\".\":{},\"f:x\":{}}}"], Owned(bad));
        var good = await Client.OkAsync("PATCH", path + "/m", Body.Replace("OPERATION", "Update"), Merge);
        Assert.Equal(["z {\"f:data\":{\".\":{},\"f:x\":{}}}"], Owned(good));
    }

    [Fact]
    public async Task More_than_ten_updaters_are_merged_into_ancient_changes()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path + "?fieldManager=m00", """{"metadata":{"name":"m"},"data":{"k00":"1"}}""");
        JsonElement last = default;
        for (var i = 1; i <= 11; i++)
        {
            var body = "{\"data\":{\"k" + i.ToString("00") + "\":\"1\"}}";
            last = await Client.OkAsync("PATCH", $"{path}/m?fieldManager=m{i:00}", body, Merge);
        }

        var managers = Entries(last).ConvertAll(static entry => entry.GetProperty("manager").GetString());
        Assert.Equal(10, managers.Count);
        Assert.Contains("ancient-changes", managers);
        Assert.Contains("m11", managers);
        Assert.DoesNotContain("m00", managers);
    }

    [Fact]
    public async Task Scale_is_tracked_as_its_subresource()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        await Client.OkAsync("POST", path + "?fieldManager=a", """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        await Client.OkAsync("PATCH", path + "/web/scale?fieldManager=s", """{"spec":{"replicas":5}}""", Merge);
        var entries = Entries(await Client.OkAsync("GET", path + "/web"));
        Assert.Equal("s Update apps/v1 scale FieldsV1", Head(entries[1]));
        Assert.Equal("{\"f:spec\":{\"f:replicas\":{}}}", Fields(entries[1]));
        Assert.DoesNotContain("f:replicas", Fields(entries[0]));
    }

    [Fact]
    public async Task Manager_with_a_strange_name_is_refused()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps?fieldManager=";
        const string Body = """{"metadata":{"name":"m"}}""";
        var (code, json) = await Client.CallAsync("POST", path + "a%07b", Body);
        Assert.Equal(422, code);
        Assert.Contains("invalid character U+0007 (at position 1)", json.GetProperty("message").GetString());
        Assert.Equal(422, (await Client.CallAsync("POST", path + new string('a', 129), Body)).Code);
    }

    [Fact]
    public async Task Object_that_is_too_large_with_its_managed_fields_is_stored_without()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        var data = string.Join(',', Enumerable.Range(0, 40_000).Select(static i => $"\"key-number-{i:00000}\":\"1\""));
        var made = await Client.OkAsync("POST", path, "{\"metadata\":{\"name\":\"m\"},\"data\":{" + data + "}}");
        Assert.False(made.GetProperty("metadata").TryGetProperty("managedFields", out _));
    }

    private static List<JsonElement> Entries(JsonElement json) =>
        [.. json.GetProperty("metadata").GetProperty("managedFields").EnumerateArray()];

    private static List<string> Owned(JsonElement json) => Entries(json)
        .ConvertAll(static entry => $"{entry.GetProperty("manager").GetString()} {Fields(entry)}");

    private static string Fields(JsonElement entry) => entry.GetProperty("fieldsV1").GetRawText();

    private static string? Version(JsonElement json) =>
        json.GetProperty("metadata").GetProperty("resourceVersion").GetString();

    private static string Head(JsonElement entry) => string.Join(' ',
        ((string[])["manager", "operation", "apiVersion", "subresource", "fieldsType"])
            .Select(name => entry.TryGetProperty(name, out var value) ? value.GetString() : ""));
}
