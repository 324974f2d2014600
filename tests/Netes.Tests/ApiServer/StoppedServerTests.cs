using System.Text;
using Netes.Tests.ApiServer.Authorization;

namespace Netes.Tests.ApiServer;

/// <summary>
/// Goal: a request to a server that has stopped is answered, also where the cache will never know what was written: no
/// part waits for it without a limit.
/// </summary>
public sealed class StoppedServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Request_that_is_denied_is_answered_after_the_cache_has_stopped()
    {
        await using var server = await RunningServer.StartAsync();
        await server.StopAsync();
        var (code, _) = await server.CallAsync("bob", "GET", "/api/v1/nodes").WaitAsync(Patience);
        Assert.True(code is 403 or 503, $"{code}");
    }

    [Theory]
    [InlineData("GET", "/api/v1/nodes", "")]
    [InlineData("GET", "/api/v1/nodes/n", "")]
    [InlineData("GET", "/api/v1/nodes?watch=1", "")]
    [InlineData("PATCH", "/api/v1/nodes/n", "{}")]
    [InlineData("DELETE", "/api/v1/nodes/n", "")]
    public async Task Request_is_answered_when_the_cache_stopped_before_it_knew_all(
        string method, string path, string body)
    {
        await using var server = await RunningServer.StartAsync();
        await server.StopAsync();
        await server.StoreAsync("/registry/nodes/n", Encoding.UTF8.GetBytes("{}"));
        foreach (var user in (string[])["bob", "system:apiserver"])
        {
            var (code, text) = await server.CallAsync(user, method, path, body).WaitAsync(Patience);
            Assert.True(code == 503, $"{user}: {code} {text}");
        }
    }
}
