using System.Text.Json;

namespace Netes.Tests.ApiServer.Subresources;

/// <summary>What an eviction asks, marks and refuses. Source: pkg/registry/core/pod/storage/eviction_test.go.</summary>
[Collection(ServerCollection.Name)]
public sealed class EvictionTests(ServerFixture server)
{
    private TestClient Client => server.Admin;

    [Fact]
    public async Task Evicted_pod_says_so()
    {
        var space = await SpaceAsync("Running", ready: true);
        Assert.Equal(201, (await EvictAsync(space)).Code);
        var pod = await Client.OkAsync("GET", $"/api/v1/namespaces/{space}/pods/p");
        var condition = pod.GetProperty("status").GetProperty("conditions").EnumerateArray()
            .Single(item => item.GetProperty("type").GetString() == "DisruptionTarget");
        Assert.Equal(("True", "EvictionByEvictionAPI", "Eviction API: evicting"), (
            condition.GetProperty("status").GetString(), condition.GetProperty("reason").GetString(),
            condition.GetProperty("message").GetString()));
        Assert.True(pod.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _));
    }

    [Fact]
    public async Task Dry_run_asks_and_changes_nothing()
    {
        var space = await SpaceAsync("Running", ready: true);
        await BudgetAsync(space, "b", allowed: 1);
        Assert.Equal(201, (await EvictAsync(space, """{"dryRun":["All"]}""")).Code);
        var pod = await Client.OkAsync("GET", $"/api/v1/namespaces/{space}/pods/p");
        Assert.False(pod.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _));
        var budget = await Client.OkAsync("GET", $"{Budgets(space)}/b");
        Assert.Equal(1, budget.GetProperty("status").GetProperty("disruptionsAllowed").GetInt32());
        await BudgetStatusAsync(space, "b", allowed: 0);
        Assert.Equal(429, (await EvictAsync(space, """{"dryRun":["All"]}""")).Code);
    }

    [Fact]
    public async Task Last_allowed_disruption_closes_the_budget()
    {
        var space = await SpaceAsync("Running", ready: true);
        await BudgetAsync(space, "b", allowed: 1);
        Assert.Equal(201, (await EvictAsync(space)).Code);
        var status = (await Client.OkAsync("GET", $"{Budgets(space)}/b")).GetProperty("status");
        Assert.Equal(0, status.GetProperty("disruptionsAllowed").GetInt32());
        Assert.True(status.GetProperty("disruptedPods").TryGetProperty("p", out _));
        Assert.Equal("InsufficientPods", status.GetProperty("conditions")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Two_budgets_are_one_too_many()
    {
        var space = await SpaceAsync("Running", ready: true);
        await BudgetAsync(space, "b", allowed: 1);
        await BudgetAsync(space, "c", allowed: 1);
        var (code, json) = await EvictAsync(space);
        Assert.Equal(500, code);
        Assert.Equal(
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
            json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Pending_pod_is_not_guarded()
    {
        var space = await SpaceAsync("Pending", ready: false);
        await BudgetAsync(space, "b", allowed: 0);
        Assert.Equal(201, (await EvictAsync(space)).Code);
    }

    [Theory]
    [InlineData("AlwaysAllow", 0, 201)]
    [InlineData("IfHealthyBudget", 0, 429)]
    [InlineData("IfHealthyBudget", 1, 201)]
    public async Task Pod_that_is_not_ready_goes_as_the_policy_says(string policy, int healthy, int expected)
    {
        var space = await SpaceAsync("Running", ready: false);
        await BudgetAsync(space, "b", allowed: 0, policy, healthy);
        Assert.Equal(expected, (await EvictAsync(space)).Code);
    }

    [Fact]
    public async Task Precondition_that_does_not_hold_is_a_conflict()
    {
        var space = await SpaceAsync("Running", ready: true);
        Assert.Equal(409, (await EvictAsync(space, """{"preconditions":{"resourceVersion":"1"} }""")).Code);
    }

    [Fact]
    public async Task Pod_that_is_another_one_is_not_marked()
    {
        var space = await SpaceAsync("Running", ready: true);
        var (code, json) = await EvictAsync(space, """{"preconditions":{"uid":"former"} }""");
        var pod = await Client.OkAsync("GET", $"/api/v1/namespaces/{space}/pods/p");
        Assert.Equal((409, "Operation cannot be fulfilled on Pod \"p\": the UID in the precondition (former) does not "
            + $"match the UID in record ({pod.GetProperty("metadata").GetProperty("uid").GetString()}). The object might "
            + "have been deleted and then recreated"), (code, json.GetProperty("message").GetString()));
        Assert.DoesNotContain("DisruptionTarget", pod.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eviction_without_the_pods_name_is_refused()
    {
        var space = await SpaceAsync("Running", ready: true);
        var (code, json) = await Client.CallAsync("POST", $"/api/v1/namespaces/{space}/pods/p/eviction",
            """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{} }""");
        Assert.Equal((400, "name in URL does not match name in Eviction object"),
            (code, json.GetProperty("message").GetString()));
    }

    private static string Budgets(string space) => $"/apis/policy/v1/namespaces/{space}/poddisruptionbudgets";

    private async Task<string> SpaceAsync(string phase, bool ready)
    {
        var space = await server.NamespaceAsync();
        await Client.OkAsync("POST", $"/api/v1/namespaces/{space}/pods", """
            {"metadata":{"name":"p","labels":{"a":"b"}},
            "spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}
            """);
        await Client.OkAsync("PATCH", $"/api/v1/namespaces/{space}/pods/p/status",
            "{\"status\":{\"phase\":\"" + phase + "\",\"conditions\":[{\"type\":\"Ready\",\"status\":\""
                + (ready ? "True" : "False") + "\"}]}}", "application/merge-patch+json");
        return space;
    }

    private async Task BudgetAsync(
        string space, string name, int allowed, string policy = "IfHealthyBudget", int healthy = 2)
    {
        await Client.OkAsync("POST", Budgets(space),
            "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"minAvailable\":1,\"unhealthyPodEvictionPolicy\":\""
                + policy + "\",\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}");
        await BudgetStatusAsync(space, name, allowed, healthy);
    }

    private Task BudgetStatusAsync(string space, string name, int allowed, int healthy = 2) => Client.OkAsync(
        "PATCH", $"{Budgets(space)}/{name}/status",
        $$$"""
        {"status":{"observedGeneration":1,"disruptionsAllowed":{{{allowed}}},"currentHealthy":{{{healthy}}},
        "desiredHealthy":1,"expectedPods":2} }
        """, "application/merge-patch+json");

    private Task<(int Code, JsonElement Json)> EvictAsync(string space, string options = "{}") => Client.CallAsync(
        "POST", $"/api/v1/namespaces/{space}/pods/p/eviction",
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"},\"deleteOptions\":"
            + options + "}");
}
