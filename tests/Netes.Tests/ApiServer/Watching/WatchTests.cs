using System.Globalization;
using System.Text.Json;

namespace Netes.Tests.ApiServer.Watching;

/// <summary>Goal: a watch shows each change once, in order, as its selectors see it; or says that it cannot.</summary>
[Collection(ServerCollection.Name)]
public sealed class WatchTests(ServerFixture server)
{
    private TestClient Client => server.Admin;

    [Fact]
    public async Task Changes_after_a_revision_come_in_order()
    {
        var path = await PathAsync();
        var start = Revision(await Client.OkAsync("GET", path));
        await CreateAsync(path, "a");
        await PatchAsync(path, "a", """{"data":{"x":"1"}}""");
        await Client.OkAsync("DELETE", path + "/a");
        using var watch = await Client.WatchAsync($"{path}?watch=1&resourceVersion={start}");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Assert.Equal("MODIFIED a", await watch.NextTextAsync());
        var deleted = (await watch.NextAsync())!.Value;
        Assert.Equal("DELETED", deleted.GetProperty("type").GetString());
        Assert.Equal("1", deleted.GetProperty("object").GetProperty("data").GetProperty("x").GetString());

        // Its revision is that of the deletion: there is one object just before, and none then.
        var end = long.Parse(Revision(deleted.GetProperty("object")), CultureInfo.InvariantCulture);
        Assert.Equal((1, 0), (await CountAtAsync(end - 1), await CountAtAsync(end)));

        async Task<int> CountAtAsync(long revision) =>
            (await Client.OkAsync("GET", $"{path}?resourceVersion={revision}&resourceVersionMatch=Exact"))
                .GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task Object_that_leaves_and_enters_a_selector_is_deleted_and_added()
    {
        var path = await PathAsync();
        var start = Revision(await Client.OkAsync("GET", path));
        using var watch = await Client.WatchAsync($"{path}?watch=1&resourceVersion={start}&labelSelector=app%3Dx");
        await CreateAsync(path, "other");
        await CreateAsync(path, "a");
        await PatchAsync(path, "a", """{"metadata":{"labels":{"app":"x"}}}""");
        await PatchAsync(path, "a", """{"data":{"k":"v"}}""");
        await PatchAsync(path, "a", """{"metadata":{"labels":{"app":"y"}}}""");
        await Client.OkAsync("DELETE", path + "/a");
        await CreateAsync(path, "b", "x");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Assert.Equal("MODIFIED a", await watch.NextTextAsync());
        Assert.Equal("DELETED a", await watch.NextTextAsync());
        Assert.Equal("ADDED b", await watch.NextTextAsync());
    }

    [Fact]
    public async Task Initial_events_end_with_an_annotated_bookmark()
    {
        var path = await PathAsync();
        await CreateAsync(path, "a");
        await CreateAsync(path, "b");
        using var watch = await Client.WatchAsync(
            $"{path}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Assert.Equal("ADDED b", await watch.NextTextAsync());
        var bookmark = (await watch.NextAsync())!.Value;
        Assert.Equal("BOOKMARK", bookmark.GetProperty("type").GetString());
        var value = bookmark.GetProperty("object");
        Assert.Equal("ConfigMap", value.GetProperty("kind").GetString());
        Assert.Equal("true", value.GetProperty("metadata").GetProperty("annotations")
            .GetProperty("k8s.io/initial-events-end").GetString());
        await CreateAsync(path, "c");
        Assert.Equal("ADDED c", await watch.NextTextAsync());
    }

    [Theory]
    [InlineData(4294968)]
    [InlineData(long.MaxValue)]
    public async Task Timeout_beyond_every_timer_is_a_long_watch(long seconds)
    {
        var path = await PathAsync();
        using var watch = await Client.WatchAsync($"{path}?watch=1&timeoutSeconds={seconds}");
        await CreateAsync(path, "a");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
    }

    [Fact]
    public async Task Watch_without_revision_begins_with_what_there_is()
    {
        var path = await PathAsync();
        await CreateAsync(path, "a");
        using var watch = await Client.WatchAsync($"{path}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Assert.Equal("BOOKMARK -", await watch.NextTextAsync());
        Assert.Equal("END", await watch.NextTextAsync());
    }

    [Fact]
    public async Task Revision_that_is_forgotten_is_expired()
    {
        await using var restarted = new ServerFixture();
        for (var i = 0; i < 10; i++)
        {
            await restarted.Store.PutAsync("/registry/else/x", new byte[1], null,
                TestContext.Current.CancellationToken);
        }

        await restarted.Store.CompactAsync(9, TestContext.Current.CancellationToken);
        await restarted.InitializeAsync();
        using var watch = await restarted.Admin.WatchAsync("/api/v1/configmaps?watch=1&resourceVersion=3");
        var error = (await watch.NextAsync())!.Value;
        Assert.Equal("ERROR", error.GetProperty("type").GetString());
        Assert.Equal(410, error.GetProperty("object").GetProperty("code").GetInt32());
        Assert.Equal("Expired", error.GetProperty("object").GetProperty("reason").GetString());
        Assert.Equal("END", await watch.NextTextAsync());
    }

    [Fact]
    public async Task Table_watch_describes_columns_once()
    {
        var path = await PathAsync();
        await CreateAsync(path, "a");
        await CreateAsync(path, "b");
        using var watch = await Client.WatchAsync(
            $"{path}?watch=1&resourceVersion=0", "application/json;as=Table;v=v1;g=meta.k8s.io");
        var first = (await watch.NextAsync())!.Value.GetProperty("object");
        var second = (await watch.NextAsync())!.Value.GetProperty("object");
        Assert.Equal("Table", first.GetProperty("kind").GetString());
        Assert.Equal("Name", first.GetProperty("columnDefinitions")[0].GetProperty("name").GetString());
        Assert.Equal(0, second.GetProperty("columnDefinitions").GetArrayLength());
        Assert.Equal("b", second.GetProperty("rows")[0].GetProperty("cells")[0].GetString());
    }

    [Fact]
    public async Task Old_watch_url_shows_the_object_it_names_alone()
    {
        var path = await PathAsync();
        await CreateAsync(path, "b");
        await CreateAsync(path, "ab");
        using var watch = await Client.WatchAsync(
            path.Replace("/api/v1/", "/api/v1/watch/", StringComparison.Ordinal) + "/b?timeoutSeconds=1");
        Assert.Equal("ADDED b", await watch.NextTextAsync());
        Assert.Equal("END", await watch.NextTextAsync());
    }

    [Fact]
    public async Task Server_that_stops_ends_its_watches()
    {
        var stopping = new ServerFixture();
        await stopping.InitializeAsync();
        using var watch = await stopping.Admin.WatchAsync("/api/v1/pods?watch=1&allowWatchBookmarks=true");
        var began = TimeProvider.System.GetTimestamp();
        var disposed = stopping.StopAsync();
        Assert.Equal("BOOKMARK -", await watch.NextTextAsync());
        Assert.Equal("END", await watch.NextTextAsync());
        await disposed;
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
        await stopping.DisposeAsync();
    }

    [Fact]
    public async Task Thousand_idle_watches_all_see_one_change()
    {
        var path = await PathAsync();
        var start = Revision(await Client.OkAsync("GET", path));
        var watches = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ =>
            Client.WatchAsync($"{path}?watch=1&resourceVersion={start}")));
        await CreateAsync(path, "a");
        var seen = await Task.WhenAll(watches.Select(static watch => watch.NextTextAsync()));
        Assert.All(seen, static text => Assert.Equal("ADDED a", text));
        Array.ForEach(watches, static watch => watch.Dispose());
    }

    private async Task<string> PathAsync()
    {
        // The namespace's own objects must not be among the config maps.
        return $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
    }

    private Task CreateAsync(string path, string name, string app = "none") => Client.OkAsync(
        "POST", path, $$$"""{"metadata":{"name":"{{{name}}}","labels":{"app":"{{{app}}}"} } }""");

    private Task PatchAsync(string path, string name, string patch) =>
        Client.OkAsync("PATCH", $"{path}/{name}", patch, "application/merge-patch+json");

    private static string Revision(JsonElement value) =>
        value.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
}
