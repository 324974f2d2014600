using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;

namespace Netes.Tests.ApiServer.Views;

/// <summary>Goal: parts of the process see what HTTP clients see, as the very objects of the watch cache.</summary>
[Collection(ServerCollection.Name)]
public sealed class ObjectSourceTests(ServerFixture server)
{
    private static readonly UserIdentity _admin = new() { Name = "me", Groups = [KnownGroups.Masters] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ObjectSource Source => server.Server.ReadAs(_admin);

    [Fact]
    public async Task Readers_share_one_object()
    {
        var query = await QueryAsync();
        await CreateAsync(query, "a");
        var first = await Source.ListAsync<ConfigMap>(query, Cancel);
        var second = await Source.ListAsync<ConfigMap>(query, Cancel);
        Assert.Same(Assert.Single(first.Items), Assert.Single(second.Items));

        await using var watch = Source.WatchAsync<ConfigMap>(query, first.Revision, Cancel).GetAsyncEnumerator(Cancel);
        var next = watch.MoveNextAsync();
        await CreateAsync(query, "b");
        Assert.True(await next);
        var listed = await Source.ListAsync<ConfigMap>(query, Cancel);
        Assert.Same(listed.Items[1], watch.Current.Object);

        // A list is of all kinds' last write, and the server itself writes now and then.
        Assert.InRange(long.Parse(watch.Current.Object.Metadata.ResourceVersion, CultureInfo.InvariantCulture),
            first.Revision + 1, listed.Revision);
    }

    [Fact]
    public async Task Watch_shows_what_its_selectors_see()
    {
        var query = await QueryAsync() with { LabelSelector = "app=x" };
        var start = (await Source.ListAsync<ConfigMap>(query, Cancel)).Revision;
        await CreateAsync(query, "a");
        await PatchAsync(query, "a", """{"metadata":{"labels":{"app":"x"}}}""");
        await PatchAsync(query, "a", """{"data":{"k":"v"}}""");
        await PatchAsync(query, "a", """{"metadata":{"labels":{"app":"y"}}}""");
        await PatchAsync(query, "a", """{"metadata":{"labels":{"app":"x"}}}""");
        await server.Admin.OkAsync("DELETE", $"{Path(query)}/a");
        var seen = new List<string>();
        await foreach (var change in Source.WatchAsync<ConfigMap>(query, start, Cancel))
        {
            seen.Add($"{change.Kind} {change.Object.Metadata.Labels.Get("app")} {change.Object.Data.Get("k")}".Trim());
            if (seen.Count == 5)
            {
                break;
            }
        }

        Assert.Equal(["Added x", "Modified x v", "Deleted x v", "Added x v", "Deleted x v"], seen);
    }

    [Fact]
    public async Task Metadata_is_read_without_the_rest()
    {
        var query = await QueryAsync();
        await CreateAsync(query, "a");
        var alone = Assert.Single((await Source.ListAsync<PartialObjectMetadata>(query, Cancel)).Items);
        var whole = Assert.Single((await Source.ListAsync<ConfigMap>(query, Cancel)).Items);
        Assert.Equal(whole.Metadata, alone.Metadata);
        var known = Assert.Single((await Source.ListAsync<PartialObjectMetadata>(query, Cancel)).Items);
        Assert.Same(whole.Metadata, known.Metadata);
    }

    [Fact]
    public async Task Revision_out_of_reach_is_expired()
    {
        var query = await QueryAsync();
        var failure = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (var change in Source.WatchAsync<ConfigMap>(query, 0, Cancel))
            {
                Assert.Fail($"{change}");
            }
        });
        Assert.True(failure.IsExpired);
    }

    [Fact]
    public async Task User_without_the_right_is_refused()
    {
        var query = await QueryAsync();
        var source = server.Server.ReadAs(new() { Name = "nobody", Groups = [KnownGroups.Authenticated] });
        var failure = await Assert.ThrowsAsync<ApiException>(
            async () => await source.ListAsync<ConfigMap>(query, Cancel));
        Assert.Equal(
            "configmaps is forbidden: User \"nobody\" cannot list resource \"configmaps\" in API group \"\" in the "
            + $"namespace \"{query.Namespace}\"",
            failure.Status.Message);
    }

    private async Task<ObjectQuery> QueryAsync() =>
        new(ConfigMap.Resource) { Namespace = await server.NamespaceAsync() };

    private static string Path(ObjectQuery query) => $"/api/v1/namespaces/{query.Namespace}/configmaps";

    private Task CreateAsync(ObjectQuery query, string name) =>
        server.Admin.OkAsync("POST", Path(query), "{\"metadata\":{\"name\":\"" + name + "\"}}");

    private Task PatchAsync(ObjectQuery query, string name, string patch) => server.Admin.OkAsync(
        "PATCH", $"{Path(query)}/{name}", patch, "application/merge-patch+json");
}
