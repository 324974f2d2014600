using System.Text.Json;

namespace Netes.Tests.ApiServer.Registry;

/// <summary>Goal: pages are of one revision; what cannot be had is said.</summary>
[Collection(ServerCollection.Name)]
public sealed class ListTests(ServerFixture server)
{
    private TestClient Client => server.Admin;

    [Fact]
    public async Task Pages_show_one_state_whatever_is_written_between()
    {
        var path = await FilledAsync(5);
        var first = await Client.OkAsync("GET", $"{path}?limit=2");
        var metadata = first.GetProperty("metadata");
        Assert.Equal(3, metadata.GetProperty("remainingItemCount").GetInt64());
        await Client.OkAsync("DELETE", path + "/c3");
        await CreateAsync(path, "c2b");
        var names = Names(first);
        while (metadata.TryGetProperty("continue", out var token))
        {
            var page = await Client.OkAsync("GET", $"{path}?limit=2&continue={token.GetString()}");
            Assert.Equal(
                first.GetProperty("metadata").GetProperty("resourceVersion").GetString(),
                page.GetProperty("metadata").GetProperty("resourceVersion").GetString());
            names.AddRange(Names(page));
            metadata = page.GetProperty("metadata");
        }

        Assert.Equal(["c0", "c1", "c2", "c3", "c4"], names);
        Assert.Equal(["c0", "c1", "c2", "c2b", "c4"], Names(await Client.OkAsync("GET", path)));
    }

    [Fact]
    public async Task Page_of_a_forgotten_revision_is_gone_but_can_go_on_inconsistently()
    {
        var path = await FilledAsync(3);
        var first = await Client.OkAsync("GET", $"{path}?limit=1");
        var token = first.GetProperty("metadata").GetProperty("continue").GetString();
        await CreateAsync(path, "z");
        await server.Store.CompactAsync(server.Store.CurrentRevision, TestContext.Current.CancellationToken);
        var (code, gone) = await Client.CallAsync("GET", $"{path}?limit=5&continue={token}");
        Assert.Equal((410, "Expired"), (code, gone.GetProperty("reason").GetString()));
        token = gone.GetProperty("metadata").GetProperty("continue").GetString();
        Assert.Equal(["c1", "c2", "z"], Names(await Client.OkAsync("GET", $"{path}?limit=5&continue={token}")));
    }

    [Fact]
    public async Task Exact_revision_is_served_from_history()
    {
        var path = await FilledAsync(2);
        var then = (await Client.OkAsync("GET", path)).GetProperty("metadata").GetProperty("resourceVersion")
            .GetString();
        await Client.OkAsync("DELETE", path + "/c0");
        Assert.Equal(["c0", "c1"], Names(await Client.OkAsync(
            "GET", $"{path}?resourceVersion={then}&resourceVersionMatch=Exact")));
        Assert.Equal(["c1"], Names(await Client.OkAsync(
            "GET", $"{path}?resourceVersion={then}&resourceVersionMatch=NotOlderThan")));
    }

    [Fact]
    public async Task Revision_of_the_future_times_out()
    {
        var path = await FilledAsync(0);
        var (code, json) = await Client.CallAsync("GET", $"{path}?resourceVersion=99999999");
        Assert.Equal(504, code);
        Assert.StartsWith("Timeout: Too large resource version: 99999999", json.GetProperty("message").GetString());
        Assert.Equal("ResourceVersionTooLarge", json.GetProperty("details").GetProperty("causes")[0]
            .GetProperty("reason").GetString());
    }

    [Fact]
    public async Task List_items_have_no_kind_and_a_revision_each()
    {
        var path = await FilledAsync(1);
        var list = await Client.OkAsync("GET", path);
        Assert.Equal("ConfigMapList", list.GetProperty("kind").GetString());
        var item = list.GetProperty("items")[0];
        Assert.False(item.TryGetProperty("kind", out _));
        var single = await Client.OkAsync("GET", path + "/c0");
        Assert.Equal(
            single.GetProperty("metadata").GetRawText(), item.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task Metadata_and_table_forms_are_given()
    {
        var path = await FilledAsync(1);
        var metadata = await Client.OkAsync(
            "GET", path, accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        Assert.Equal("PartialObjectMetadataList", metadata.GetProperty("kind").GetString());
        Assert.Equal("meta.k8s.io/v1", metadata.GetProperty("items")[0].GetProperty("apiVersion").GetString());
        var table = await Client.OkAsync("GET", path, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal("c0", table.GetProperty("rows")[0].GetProperty("cells")[0].GetString());
    }

    private async Task<string> FilledAsync(int count)
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        for (var i = 0; i < count; i++)
        {
            await CreateAsync(path, $"c{i}");
        }

        return path;
    }

    private Task CreateAsync(string path, string name) =>
        Client.OkAsync("POST", path, $$$"""{"metadata":{"name":"{{{name}}}"} }""");

    private static List<string> Names(JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(static item =>
            item.GetProperty("metadata").GetProperty("name").GetString()!)];
}
