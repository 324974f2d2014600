using System.Text.Json;

namespace Netes.Tests.ApiServer.Registry;

/// <summary>
/// Goal: what is deleted goes at once, in time, or when its last finalizer does, as Kubernetes has it.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class DeletionTests(ServerFixture server)
{
    private const string PodBody =
        """{"metadata":{"name":"p"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}""";

    private TestClient Client => server.Admin;

    [Fact]
    public async Task Deleted_object_is_answered_by_a_status()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        var made = await Client.OkAsync("POST", path, """{"metadata":{"name":"x"}}""");
        var status = await Client.OkAsync("DELETE", path + "/x");
        Assert.Equal("Success", status.GetProperty("status").GetString());
        Assert.Equal(
            made.GetProperty("metadata").GetProperty("uid").GetString(),
            status.GetProperty("details").GetProperty("uid").GetString());
        Assert.Equal(404, (await Client.CallAsync("DELETE", path + "/x")).Code);
    }

    [Fact]
    public async Task Finalizer_keeps_the_object_until_it_is_taken_off()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"x","finalizers":["example.com/hold"]}}""");
        var marked = await Client.OkAsync("DELETE", path + "/x");
        Assert.True(marked.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _));
        await Client.OkAsync("PATCH", path + "/x", """{"data":{"a":"b"}}""", "application/merge-patch+json");
        await Client.OkAsync(
            "PATCH", path + "/x", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        Assert.Equal(404, (await Client.CallAsync("GET", path + "/x")).Code);
    }

    [Fact]
    public async Task Foreground_and_orphan_put_their_finalizers_on()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"f"}}""");
        await Client.OkAsync("POST", path, """{"metadata":{"name":"o"}}""");
        var foreground = await Client.OkAsync("DELETE", path + "/f?propagationPolicy=Foreground");
        Assert.Equal("""["foregroundDeletion"]""",
            foreground.GetProperty("metadata").GetProperty("finalizers").GetRawText());
        var orphan = await Client.OkAsync("DELETE", path + "/o", """{"propagationPolicy":"Orphan"}""");
        Assert.Equal("""["orphan"]""", orphan.GetProperty("metadata").GetProperty("finalizers").GetRawText());
    }

    [Fact]
    public async Task Pod_with_a_grace_beyond_the_calendar_is_deleted_in_time_and_sooner()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/pods";
        await Client.OkAsync(
            "POST", path, PodBody.Replace(
                "\"nodeName\"", $"\"terminationGracePeriodSeconds\":{long.MaxValue},\"nodeName\"",
                StringComparison.Ordinal));
        var marked = (await Client.OkAsync("DELETE", path + "/p")).GetProperty("metadata");
        Assert.StartsWith("30", marked.GetProperty("deletionTimestamp").GetString(), StringComparison.Ordinal);
        var sooner = (await Client.OkAsync("DELETE", path + "/p?gracePeriodSeconds=5")).GetProperty("metadata");
        Assert.Equal(5, sooner.GetProperty("deletionGracePeriodSeconds").GetInt64());
        Assert.True(sooner.GetProperty("deletionTimestamp").GetDateTimeOffset().Year < 3000);
    }

    [Fact]
    public async Task Wrong_precondition_conflicts()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"x"}}""");
        var (code, json) = await Client.CallAsync("DELETE", path + "/x", """{"preconditions":{"uid":"u"}}""");
        Assert.Equal(409, code);
        Assert.Contains("Precondition failed: UID in precondition: u, UID in object meta: ",
            json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Pod_on_a_node_gets_its_time_and_only_less_of_it_later()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/pods";
        await Client.OkAsync("POST", path, PodBody);
        var marked = (await Client.OkAsync("DELETE", path + "/p")).GetProperty("metadata");
        Assert.Equal(30, marked.GetProperty("deletionGracePeriodSeconds").GetInt64());
        var longer = (await Client.OkAsync("DELETE", path + "/p?gracePeriodSeconds=60")).GetProperty("metadata");
        Assert.Equal(30, longer.GetProperty("deletionGracePeriodSeconds").GetInt64());
        var shorter = (await Client.OkAsync("DELETE", path + "/p?gracePeriodSeconds=5")).GetProperty("metadata");
        Assert.Equal(5, shorter.GetProperty("deletionGracePeriodSeconds").GetInt64());
        await Client.OkAsync("DELETE", path + "/p?gracePeriodSeconds=0");
        Assert.Equal(404, (await Client.CallAsync("GET", path + "/p")).Code);
    }

    [Fact]
    public async Task Pod_without_a_node_goes_at_once()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/pods";
        await Client.OkAsync("POST", path, PodBody.Replace("\"nodeName\":\"n\",", "", StringComparison.Ordinal));
        await Client.OkAsync("DELETE", path + "/p");
        Assert.Equal(404, (await Client.CallAsync("GET", path + "/p")).Code);
    }

    [Fact]
    public async Task Namespace_terminates_until_it_is_finalized()
    {
        var space = await server.NamespaceAsync();
        var path = $"/api/v1/namespaces/{space}";
        var marked = await Client.OkAsync("DELETE", path);
        Assert.Equal("Terminating", marked.GetProperty("status").GetProperty("phase").GetString());
        var finalized = marked.GetRawText()
            .Replace("\"finalizers\":[\"kubernetes\"]", "\"finalizers\":[]", StringComparison.Ordinal);
        await Client.OkAsync("PUT", path + "/finalize", finalized);
        Assert.Equal(404, (await Client.CallAsync("GET", path)).Code);
    }

    [Fact]
    public async Task Collection_is_emptied_by_selector()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"a","labels":{"x":"y"}}}""");
        await Client.OkAsync("POST", path, """{"metadata":{"name":"b"}}""");
        var deleted = await Client.OkAsync("DELETE", path + "?labelSelector=x%3Dy");
        Assert.Equal(1, deleted.GetProperty("items").GetArrayLength());
        var left = await Client.OkAsync("GET", path);
        Assert.Equal("b", left.GetProperty("items")[0].GetProperty("metadata").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Dry_run_deletes_nothing()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"x"}}""");
        await Client.OkAsync("DELETE", path + "/x?dryRun=All");
        await Client.OkAsync("GET", path + "/x");
    }
}
