using System.Text.Json;

namespace Netes.Tests.ApiServer.Subresources;

[Collection(ServerCollection.Name)]
public sealed class SubresourceTests(ServerFixture server)
{
    private TestClient Client => server.Admin;

    [Fact]
    public async Task Scale_is_read_and_written()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        await Client.OkAsync("POST", path, """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        var scale = await Client.OkAsync("GET", path + "/web/scale");
        Assert.Equal("autoscaling/v1", scale.GetProperty("apiVersion").GetString());
        Assert.Equal("a=b", scale.GetProperty("status").GetProperty("selector").GetString());
        var changed = await Client.OkAsync("PUT", path + "/web/scale",
            scale.GetRawText()
            .Replace("\"spec\":{\"replicas\":1}", "\"spec\":{\"replicas\":4}", StringComparison.Ordinal));
        Assert.Equal(4, changed.GetProperty("spec").GetProperty("replicas").GetInt32());
        await Client.OkAsync("PATCH", path + "/web/scale", """{"spec":{"replicas":5}}""",
            "application/merge-patch+json");
        var stored = await Client.OkAsync("GET", path + "/web");
        Assert.Equal(5, stored.GetProperty("spec").GetProperty("replicas").GetInt32());
        var (code, json) = await Client.CallAsync(
            "PATCH", path + "/web/scale", """{"spec":{"replicas":-1}}""", "application/merge-patch+json");
        Assert.Equal(422, code);
        Assert.Contains("spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Pod_is_bound_once()
    {
        var space = await server.NamespaceAsync();
        await PodAsync(space, "p", "");
        var path = $"/api/v1/namespaces/{space}/pods/p/binding";
        var body = """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}}""";
        Assert.Equal(201, (await Client.CallAsync("POST", path, body)).Code);
        var (code, json) = await Client.CallAsync("POST", path, body);
        Assert.Equal(409, code);
        Assert.Equal("Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n1\"",
            json.GetProperty("message").GetString());
        var pod = await Client.OkAsync("GET", $"/api/v1/namespaces/{space}/pods/p");
        Assert.Equal("n1", pod.GetProperty("spec").GetProperty("nodeName").GetString());
        Assert.Equal("PodScheduled",
            pod.GetProperty("status").GetProperty("conditions")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Eviction_keeps_to_the_budget()
    {
        var space = await server.NamespaceAsync();
        foreach (var name in (string[])["p", "q"])
        {
            await PodAsync(space, name, "\"nodeName\":\"n\",");
            await Client.OkAsync("PATCH", $"/api/v1/namespaces/{space}/pods/{name}/status",
                """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""",
                "application/merge-patch+json");
        }

        var budgets = $"/apis/policy/v1/namespaces/{space}/poddisruptionbudgets";
        await Client.OkAsync("POST", budgets,
            """{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}}}""");
        var (code, json) = await EvictAsync(space, "p");
        Assert.Equal(429, code);
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.",
            json.GetProperty("message").GetString());
        await Client.OkAsync("PATCH", budgets + "/b/status",
            """{"status":{"observedGeneration":1,"disruptionsAllowed":1,"currentHealthy":2,"desiredHealthy":1,"expectedPods":2}}""",
            "application/merge-patch+json");
        Assert.Equal(201, (await EvictAsync(space, "p")).Code);
        (code, json) = await EvictAsync(space, "q");
        Assert.Equal(429, code);
        Assert.Equal("The disruption budget b does not allow evicting pods currently", Cause(json));
        var budget = await Client.OkAsync("GET", budgets + "/b");
        Assert.Equal("DisruptionAllowed False InsufficientPods", Condition(budget, 0));
        await Client.OkAsync("PATCH", budgets + "/b/status", """{"status":{"currentHealthy":1}}""",
            "application/merge-patch+json");
        (_, json) = await EvictAsync(space, "q");
        Assert.Equal("The disruption budget b needs 1 healthy pods and has 1 currently", Cause(json));
        var pod = await Client.OkAsync("GET", $"/api/v1/namespaces/{space}/pods/p");
        Assert.True(pod.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _));
        Assert.Equal("DisruptionTarget True EvictionByEvictionAPI", Condition(pod, 1));
    }

    [Fact]
    public async Task Eviction_of_a_pod_that_waits_or_does_not_serve_needs_no_place_in_the_budget()
    {
        var space = await server.NamespaceAsync();
        var budgets = $"/apis/policy/v1/namespaces/{space}/poddisruptionbudgets";
        await Client.OkAsync("POST", budgets,
            """{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}}}""");
        await PodAsync(space, "waits", "");
        await PodAsync(space, "sick", "\"nodeName\":\"n\",");
        await Client.OkAsync("PATCH", $"/api/v1/namespaces/{space}/pods/sick/status",
            """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}]}}""",
            "application/merge-patch+json");

        Assert.Equal(201, (await EvictAsync(space, "waits")).Code);
        Assert.Equal(404, (await Client.CallAsync("GET", $"/api/v1/namespaces/{space}/pods/waits")).Code);
        Assert.Equal(429, (await EvictAsync(space, "sick")).Code);
        await Client.OkAsync("PATCH", budgets + "/b/status",
            """{"status":{"observedGeneration":1,"currentHealthy":1,"desiredHealthy":1,"expectedPods":2}}""",
            "application/merge-patch+json");
        Assert.Equal(201, (await EvictAsync(space, "sick")).Code);
    }

    [Fact]
    public async Task Token_of_an_account_authenticates()
    {
        var space = await server.NamespaceAsync();
        var answer = await Client.OkAsync(
            "POST", $"/api/v1/namespaces/{space}/serviceaccounts/default/token",
            """{"spec":{"expirationSeconds":3600}}""");
        Assert.StartsWith("ey", answer.GetProperty("status").GetProperty("token").GetString());
        var review = await Client.OkAsync("POST", "/apis/authentication.k8s.io/v1/tokenreviews",
            $$$"""{"spec":{"token":"{{{answer.GetProperty("status").GetProperty("token").GetString()}}}"} }""");
        Assert.True(review.GetProperty("status").GetProperty("authenticated").GetBoolean());
    }

    [Fact]
    public async Task Log_of_a_pod_of_several_containers_asks_which()
    {
        var space = await server.NamespaceAsync();
        await Client.OkAsync("POST", $"/api/v1/namespaces/{space}/pods", """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"i"},{"name":"b","image":"i"}]}}
            """);
        var (code, json) = await Client.CallAsync("GET", $"/api/v1/namespaces/{space}/pods/p/log");
        Assert.Equal(400, code);
        Assert.Equal("a container name must be specified for pod p, choose one of: [a b]",
            json.GetProperty("message").GetString());
        (_, json) = await Client.CallAsync("GET", $"/api/v1/namespaces/{space}/pods/p/log?container=z");
        Assert.Equal("container z is not valid for pod p", json.GetProperty("message").GetString());
    }

    private static string? Cause(JsonElement status) =>
        status.GetProperty("details").GetProperty("causes")[0].GetProperty("message").GetString();

    private static string Condition(JsonElement of, int index) =>
        of.GetProperty("status").GetProperty("conditions")[index] is var condition
            ? $"{condition.GetProperty("type")} {condition.GetProperty("status")} {condition.GetProperty("reason")}"
            : "";

    private Task PodAsync(string space, string name, string spec) => Client.OkAsync(
        "POST", $"/api/v1/namespaces/{space}/pods",
        "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"a\":\"b\"}},\"spec\":{" + spec
            + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");

    private Task<(int Code, JsonElement Json)> EvictAsync(string space, string name) => Client.CallAsync(
        "POST", $"/api/v1/namespaces/{space}/pods/{name}/eviction",
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"" + name + "\"}}");
}
