using System.Text;
using Netes.ApiServer;
using Netes.ApiServer.Authentication;
using Netes.Tests.ApiServer.Authorization;

namespace Netes.Tests.ApiServer;

/// <summary>
/// Goal: what a write allocates, in all threads and with the watch cache, stays within eight times the object.
/// Measured without HTTP, with no other test running.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Rounds = 200;
    private const int Passes = 4;
    private const string Pods = "/api/v1/namespaces/default/pods";
    private static readonly UserIdentity Admin = new() { Name = "admin", Groups = ["system:masters"] };

    [Fact]
    public async Task Create_of_a_pod_allocates_at_most_eight_times_its_size()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAccountAsync("default", "default");
        await CheckAsync(server, static i => new("POST", Pods, Pod($"p{i}"), "application/json"));
    }

    [Theory]
    [InlineData("", """{"metadata":{"annotations":{"round":"%"}}}""", "application/merge-patch+json")]
    [InlineData("", """{"metadata":{"labels":{"round":"%"}}}""", "application/strategic-merge-patch+json")]
    [InlineData("", """[{"op":"add","path":"/metadata/labels/round","value":"%"}]""", "application/json-patch+json")]
    [InlineData("/status", """{"status":{"message":"%"}}""", "application/strategic-merge-patch+json")]
    public async Task Patch_of_a_pod_allocates_at_most_eight_times_its_size(string part, string patch, string type)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CreateAccountAsync("default", "default");
        await SendAsync(server, new("POST", Pods, Pod("p"), "application/json"));
        await CheckAsync(server, i => new("PATCH", $"{Pods}/p{part}", patch.Replace("%", $"{i}"), type));
    }

    private async Task CheckAsync(RunningServer server, Func<int, Request> request)
    {
        // The lowest of some passes: until code is compiled for good, it allocates what it will not later.
        var requests = Enumerable.Range(0, Rounds * Passes).Select(request).ToList();
        var (size, spent) = (0L, long.MaxValue);
        foreach (var pass in requests.Chunk(Rounds))
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            foreach (var measured in pass)
            {
                size = await SendAsync(server, measured);
            }

            spent = Math.Min(spent, (GC.GetTotalAllocatedBytes(precise: true) - before) / Rounds);
        }

        output.WriteLine($"{spent} bytes for an object of {size}: {(double)spent / size:f1}");
        Assert.InRange(spent, size, size * 8);
    }

    private static async Task<long> SendAsync(RunningServer server, Request request)
    {
        var result = await server.HandleAsync(new ApiCall
        {
            Method = request.Method,
            Path = request.Path,
            Headers = new ApiHeaders().Add("Content-Type", request.Type),
            Body = new MemoryBody(request.Body),
            InProcessUser = Admin,
        });
        Assert.InRange(result.StatusCode, 200, 201);
        return Assert.IsType<ApiResultBody.Segments>(result.Body).LengthBytes;
    }

    // As large as real pods are: 10 KB, most of it variables.
    private static string Pod(string name)
    {
        const string Value = "a value of a length that variables of real programs often have";
        var environment = string.Join(',', Enumerable.Range(0, 42).Select(
            static i => "{\"name\":\"VARIABLE_" + i + "\",\"value\":\"" + Value + "\"}"));
        return """{"metadata":{"name":"NAME","labels":{"app":"web"},"annotations":{"note":"VALUE"}},"spec":"""
            .Replace("NAME", name).Replace("VALUE", Value)
            + $$"""{"nodeName":"n","containers":[{{Container("first")}},{{Container("second")}}]""" + "}}";

        string Container(string container) => """
            {"name":"NAME","image":"registry.example.com/team/program:v1.2.3","env":[ENV],
            "resources":{"requests":{"cpu":"1m","memory":"1Mi"},"limits":{"cpu":"2","memory":"2Gi"}},
            "ports":[{"name":"NAME","containerPort":8000}],
            "readinessProbe":{"httpGet":{"path":"/ready","port":"NAME"},"periodSeconds":5}}
            """.Replace("NAME", container).Replace("ENV", environment);
    }

    private sealed record Request(string Method, string Path, string Text, string Type)
    {
        public byte[] Body { get; } = Encoding.UTF8.GetBytes(Text);
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
