using System.Text.Json;

namespace Netes.Tests.ApiServer.Services;

/// <summary>Goal: addresses and node ports are given once, given back, and refused in Kubernetes' words.</summary>
[Collection(ServerCollection.Name)]
public sealed class ServiceAllocationTests(ServerFixture server)
{
    private TestClient Client => server.Admin;

    [Fact]
    public async Task Each_service_gets_an_address_and_ports_of_its_own()
    {
        var path = await PathAsync();
        var seen = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            var spec = (await CreateAsync(path, $"s{i}", "\"type\":\"NodePort\",")).GetProperty("spec");
            Assert.True(seen.Add(spec.GetProperty("clusterIP").GetString()!));
            Assert.True(seen.Add(spec.GetProperty("ports")[0].GetProperty("nodePort").GetInt32().ToString()));
            Assert.Equal("IPv4", spec.GetProperty("ipFamilies")[0].GetString());
        }
    }

    [Fact]
    public async Task Address_taken_is_refused_and_free_again_after_deletion()
    {
        var path = await PathAsync();
        await CreateAsync(path, "a", "\"clusterIP\":\"10.96.0.77\",");
        var (code, json) = await Client.CallAsync("POST", path, Body("b", "\"clusterIP\":\"10.96.0.77\","));
        Assert.Equal(422, code);
        Assert.Equal(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.77\"]: failed to allocate IP "
            + "10.96.0.77: provided IP is already allocated", json.GetProperty("message").GetString());
        await Client.OkAsync("DELETE", path + "/a");
        await CreateAsync(path, "b", "\"clusterIP\":\"10.96.0.77\",");
    }

    [Fact]
    public async Task Refused_service_gives_back_what_it_took()
    {
        var path = await PathAsync();
        var (code, _) = await Client.CallAsync("POST", path, Body("Bad_", "\"clusterIP\":\"10.96.0.78\","));
        Assert.Equal(422, code);
        await CreateAsync(path, "good", "\"clusterIP\":\"10.96.0.78\",");
    }

    [Fact]
    public async Task Service_that_changes_its_type_gains_and_loses_node_ports()
    {
        var path = await PathAsync();
        await CreateAsync(path, "a", "");
        var node = await PatchAsync(path, """{"spec":{"type":"NodePort"}}""");
        var port = node.GetProperty("ports")[0].GetProperty("nodePort").GetInt32();
        Assert.InRange(port, 30000, 32767);
        var plain = await PatchAsync(path, """{"spec":{"type":"ClusterIP"}}""");
        Assert.False(plain.GetProperty("ports")[0].TryGetProperty("nodePort", out _));
        var (code, _) = await Client.CallAsync("POST", path, $$$"""
            {"metadata":{"name":"b"},"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}}}]}}
            """);
        Assert.Equal(201, code);
    }

    [Fact]
    public async Task Headless_service_has_no_address()
    {
        var path = await PathAsync();
        var spec = (await CreateAsync(path, "a", "\"clusterIP\":\"None\",\"selector\":{\"a\":\"b\"},"))
            .GetProperty("spec");
        Assert.Equal("None", spec.GetProperty("clusterIP").GetString());
        Assert.Equal("SingleStack", spec.GetProperty("ipFamilyPolicy").GetString());
    }

    [Fact]
    public async Task Service_of_the_server_itself_has_the_first_address()
    {
        var spec = (await Client.OkAsync("GET", "/api/v1/namespaces/default/services/kubernetes")).GetProperty("spec");
        Assert.Equal("10.96.0.1", spec.GetProperty("clusterIP").GetString());
    }

    private async Task<string> PathAsync() => $"/api/v1/namespaces/{await server.NamespaceAsync()}/services";

    private Task<JsonElement> CreateAsync(string path, string name, string spec) =>
        Client.OkAsync("POST", path, Body(name, spec));

    private async Task<JsonElement> PatchAsync(string path, string patch) =>
        (await Client.OkAsync("PATCH", path + "/a", patch, "application/merge-patch+json")).GetProperty("spec");

    private static string Body(string name, string spec) =>
        "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + spec + "\"ports\":[{\"port\":80}]}}";
}
