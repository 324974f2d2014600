using System.Text;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Tests.ApiServer.Registry;

/// <summary>
/// Goal: writes do what Kubernetes' do: names, generations, status apart, patches of all kinds, protobuf.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class WriteTests(ServerFixture server)
{
    private const string Deployment = """
        {"metadata":{"name":"web"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{
        "metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}},"status":{"replicas":7}}
        """;

    private TestClient Client => server.Admin;

    [Fact]
    public async Task Generated_names_differ()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        var names = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var made = await Client.OkAsync("POST", path, """{"metadata":{"generateName":"x-"}}""");
            names.Add(made.GetProperty("metadata").GetProperty("name").GetString()!);
        }

        Assert.Equal(20, names.Count);
        Assert.All(names, static name => Assert.Matches("^x-[bcdfghjklmnpqrstvwxz2456789]{5}$", name));
    }

    [Fact]
    public async Task Status_and_spec_are_written_apart()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        var made = await Client.OkAsync("POST", path, Deployment);
        Assert.False(made.GetProperty("status").TryGetProperty("replicas", out _));
        Assert.Equal(1, made.GetProperty("metadata").GetProperty("generation").GetInt64());
        var both = """{"spec":{"replicas":3},"status":{"replicas":3,"observedGeneration":1}}""";
        var status = await Client.OkAsync("PATCH", path + "/web/status", both, "application/merge-patch+json");
        Assert.Equal(1, status.GetProperty("spec").GetProperty("replicas").GetInt32());
        Assert.Equal(3, status.GetProperty("status").GetProperty("replicas").GetInt32());
        Assert.Equal(1, status.GetProperty("metadata").GetProperty("generation").GetInt64());
        var spec = await Client.OkAsync(
            "PATCH", path + "/web", """{"spec":{"replicas":2},"status":{"replicas":9}}""",
            "application/merge-patch+json");
        Assert.Equal(2, spec.GetProperty("metadata").GetProperty("generation").GetInt64());
        Assert.Equal(3, spec.GetProperty("status").GetProperty("replicas").GetInt32());
    }

    [Fact]
    public async Task Patch_without_change_writes_nothing()
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        var made = await Client.OkAsync("POST", path, Deployment);
        var same = await Client.OkAsync(
            "PATCH", path + "/web", """{"spec":{"replicas":1}}""", "application/merge-patch+json");
        Assert.Equal(made.GetRawText(), same.GetRawText());
    }

    [Theory]
    [InlineData("application/json-patch+json",
        """[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"n"}]""")]
    [InlineData("application/merge-patch+json",
        """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"n"}]}}}}""")]
    [InlineData("application/strategic-merge-patch+json",
        """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"n"}]}}}}""")]
    public async Task Each_kind_of_patch_changes_the_image(string mediaType, string patch)
    {
        var path = $"/apis/apps/v1/namespaces/{await server.NamespaceAsync()}/deployments";
        await Client.OkAsync("POST", path, Deployment);
        var patched = await Client.OkAsync("PATCH", path + "/web", patch, mediaType);
        Assert.Equal("n", patched.GetProperty("spec").GetProperty("template").GetProperty("spec")
            .GetProperty("containers")[0].GetProperty("image").GetString());
    }

    [Fact]
    public async Task Sixteen_patchers_of_one_object_all_win_in_the_end()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"x"}}""");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Client.OkAsync(
            "PATCH", path + "/x", $$$"""{"data":{"k{{{i}}}":"v"} }""", "application/merge-patch+json")));
        var stored = await Client.OkAsync("GET", path + "/x");
        Assert.Equal(16, stored.GetProperty("data").EnumerateObject().Count());
    }

    [Fact]
    public async Task Of_sixteen_updates_of_one_version_one_wins()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        var made = (await Client.OkAsync("POST", path, """{"metadata":{"name":"x"},"data":{"k":"0"}}""")).GetRawText();
        var codes = await Task.WhenAll(Enumerable.Range(1, 16).Select(async i => (await Client.CallAsync(
            "PUT", path + "/x", made.Replace("\"k\":\"0\"", $"\"k\":\"{i}\"", StringComparison.Ordinal))).Code));
        Assert.Equal(1, codes.Count(static code => code == 200));
        Assert.Equal(15, codes.Count(static code => code == 409));
    }

    [Fact]
    public async Task Protobuf_goes_in_and_comes_out()
    {
        var space = await server.NamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        var value = new ConfigMap { Metadata = new() { Name = "x" }, Data = ValueMap.Of(("a", "b")) };
        using var made = await Client.SendAsync(
            "POST", path, ProtoCodec.Encode(value), ProtoCodec.MediaType, ProtoCodec.MediaType);
        Assert.Equal(201, (int)made.StatusCode);
        Assert.Equal(ProtoCodec.MediaType, made.Content.Headers.ContentType?.MediaType);
        var bytes = await made.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("b", ProtoCodec.Decode<ConfigMap>(bytes).Value!.Data["a"]);
        using var listed = await Client.SendAsync("GET", path, accept: ProtoCodec.MediaType);
        var list = ProtoCodec.Decode<ConfigMapList>(
            await listed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Value!;
        Assert.Equal(("x", space), (list.Items[0].Metadata.Name, list.Items[0].Metadata.Namespace));
        Assert.NotEmpty(list.Metadata.ResourceVersion);
        Assert.NotEmpty(list.Items[0].Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Protobuf_watch_comes_in_frames()
    {
        var space = await server.NamespaceAsync();
        var path = $"/api/v1/namespaces/{space}/configmaps";
        await Client.OkAsync("POST", path, """{"metadata":{"name":"x"}}""");
        using var response = await Client.SendAsync(
            "GET", path + "?watch=1&timeoutSeconds=1", accept: ProtoCodec.MediaType + ";stream=watch");
        Assert.Equal(ProtoCodec.MediaType + ";stream=watch",
            response.Content.Headers.ContentType?.ToString().Replace(" ", ""));
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes);
        Assert.Equal(bytes.Length - 4, length);

        // The event itself has no envelope, its object has: client-go reads frames with the raw serializer.
        Assert.Equal("\n\u0005ADDED", Encoding.ASCII.GetString(bytes.AsSpan(4, 7)));
        var value = bytes.AsSpan(bytes.AsSpan().IndexOf("k8s\0"u8));
        Assert.True(ProtoCodec.TryPeek(value, out var apiVersion, out var kind));
        Assert.Equal(("v1", "ConfigMap"), (apiVersion, kind));
    }

    [Fact]
    public async Task Yaml_goes_in_and_comes_out()
    {
        var path = $"/api/v1/namespaces/{await server.NamespaceAsync()}/configmaps";
        using var made = await Client.SendAsync(
            "POST", path, Encoding.UTF8.GetBytes("metadata:\n  name: x\ndata:\n  a: b\n"), "application/yaml",
            "application/yaml");
        var text = await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(201, (int)made.StatusCode);
        Assert.Contains("data:\n  a: b\n", text);
    }

    [Fact]
    public async Task Put_creates_what_Kubernetes_lets_it_create()
    {
        var space = await server.NamespaceAsync();
        var (code, _) = await Client.CallAsync(
            "PUT", $"/apis/coordination.k8s.io/v1/namespaces/{space}/leases/x", """{"metadata":{"name":"x"}}""");
        Assert.Equal(201, code);
    }

    [Fact]
    public async Task Both_groups_of_events_show_one_event()
    {
        var space = await server.NamespaceAsync();
        await Client.OkAsync("POST", $"/api/v1/namespaces/{space}/events", $$$"""
            {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","namespace":"{{{space}}}","name":"p"},"reason":"R",
            "message":"M","type":"Normal","count":2}
            """);
        var seen = await Client.OkAsync("GET", $"/apis/events.k8s.io/v1/namespaces/{space}/events/e");
        Assert.Equal("events.k8s.io/v1", seen.GetProperty("apiVersion").GetString());
        Assert.Equal("M", seen.GetProperty("note").GetString());
        var list = await Client.OkAsync("GET", $"/apis/events.k8s.io/v1/namespaces/{space}/events");
        Assert.Equal(2, list.GetProperty("items")[0].GetProperty("deprecatedCount").GetInt32());
    }

    [Fact]
    public async Task Old_autoscaler_written_back_keeps_what_it_does_not_know()
    {
        var space = await server.NamespaceAsync();
        var (v1, v2) = ($"/apis/autoscaling/v1/namespaces/{space}/horizontalpodautoscalers",
            $"/apis/autoscaling/v2/namespaces/{space}/horizontalpodautoscalers");
        await Client.OkAsync("POST", v2, """
            {"metadata":{"name":"h"},"spec":{"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"},
            "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}},
            {"type":"Resource","resource":{"name":"memory","target":{"type":"Utilization","averageUtilization":60}}}]}}
            """);
        var old = await Client.OkAsync("GET", v1 + "/h");
        Assert.Equal(70, old.GetProperty("spec").GetProperty("targetCPUUtilizationPercentage").GetInt32());
        var changed = old.GetRawText().Replace("\"maxReplicas\":5", "\"maxReplicas\":6", StringComparison.Ordinal);
        await Client.OkAsync("PUT", v1 + "/h", changed);
        var spec = (await Client.OkAsync("GET", v2 + "/h")).GetProperty("spec");
        Assert.Equal((6, 2),
            (spec.GetProperty("maxReplicas").GetInt32(), spec.GetProperty("metrics").GetArrayLength()));
    }
}
