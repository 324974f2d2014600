using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Netes.Tests.ApiServer.Aggregation;

/// <summary>
/// Goal: a group that another server answers is as good as one of our own. Method: a real server behind a Service,
/// asked
/// through this one over HTTPS, raw sockets and kubectl.
/// </summary>
public sealed class AggregationTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Registry = "/apis/apiregistration.k8s.io/v1/apiservices";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_isAnsweredByTheOtherServer_whoLearnsWhoAsks()
    {
        await using var extension = await RegisterAsync("widgets.example.com", "widgets");
        var list = await server.Admin.OkAsync("GET",
            "/apis/widgets.example.com/v1/namespaces/default/widgets?limit=5&labelSelector=a%3Db");
        Assert.Equal("WidgetList", list.GetProperty("kind").GetString());
        var (line, headers, client) = extension.Requests.Last();
        Assert.Equal("GET /apis/widgets.example.com/v1/namespaces/default/widgets?limit=5&labelSelector=a%3Db", line);
        Assert.Equal("kubernetes-admin", headers["X-Remote-User"]);
        Assert.Equal("system:masters,system:authenticated", headers["X-Remote-Group"]);
        Assert.Equal(2, int.Parse(headers["Lines-Of-Groups"]));
        Assert.StartsWith("X509SHA256=", headers["X-Remote-Extra-authentication.kubernetes.io%2Fcredential-id"]);
        Assert.Contains("CN=front-proxy-client", client);

        var created = await server.Admin.OkAsync("POST", "/apis/widgets.example.com/v1/namespaces/default/widgets",
            """{"kind":"Widget"}""");
        Assert.Equal("Widget", created.GetProperty("kind").GetString());
        var (code, _) = await server.Admin.CallAsync("GET",
            "/apis/widgets.example.com/v1/namespaces/default/widgets/two");
        Assert.Equal(404, code);
    }

    [Fact]
    public async Task Watch_streams_andRedirectsStayInside()
    {
        await using var extension = await RegisterAsync("watched.example.com", "watched");
        using (var watch = await server.Admin.WatchAsync("/apis/watched.example.com/v1/namespaces/default/widgets?watch=true"))
        {
            Assert.Equal("ADDED one", await watch.NextTextAsync().WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        }

        using var moved = await server.Admin.SendAsync("GET",
            "/apis/watched.example.com/v1/namespaces/default/widgets/moved");
        Assert.Equal(HttpStatusCode.BadGateway, moved.StatusCode);
        Assert.Equal("the backend attempted to redirect this request, which is not permitted\n",
            await moved.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Upgrade_carriesBytesBothWays_andForgedNamesAreDropped()
    {
        await using var extension = await RegisterAsync("echo.example.com", "echo");
        var address = new Uri((await File.ReadAllLinesAsync(server.Kubeconfig, Cancel))
            .Select(line => line.Trim()).First(line =>
                line.StartsWith("server:", StringComparison.Ordinal))["server:".Length..].Trim(' ', '"', '\''));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, Cancel);
        await using var stream = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(
            new() { TargetHost = "localhost", ClientCertificates = [server.Pki.Admin.Load()] }, Cancel);
        await stream.WriteAsync(
            "GET /apis/echo.example.com/v1/namespaces/default/widgets/one/echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Remote-User: root\r\n\r\n"u8.ToArray(),
            Cancel);
        Assert.StartsWith("HTTP/1.1 101 ", await ReadUntilAsync(stream, "\r\n\r\n"));
        await stream.WriteAsync("hello"u8.ToArray(), Cancel);
        Assert.Equal("hello", await ReadUntilAsync(stream, "hello"));
        Assert.Equal("kubernetes-admin", extension.Requests.Last().Headers["X-Remote-User"]);
    }

    [Fact]
    public async Task Discovery_namesTheGroupInItsPlace()
    {
        await using var extension = await RegisterAsync("found.example.com", "found", groupPriority: 17150);
        var groups = (await server.Admin.OkAsync("GET", "/apis")).GetProperty("groups").EnumerateArray()
            .Select(group => group.GetProperty("name").GetString()).ToList();
        Assert.Equal(groups.IndexOf("networking.k8s.io") + 1, groups.IndexOf("found.example.com"));
        var group = await server.Admin.OkAsync("GET", "/apis/found.example.com");
        Assert.Equal("found.example.com/v1",
            group.GetProperty("preferredVersion").GetProperty("groupVersion").GetString());
        var resources = await server.Admin.OkAsync("GET", "/apis/found.example.com/v1");
        Assert.Equal("APIResourceList", resources.GetProperty("kind").GetString());

        var all = await server.Admin.OkAsync("GET", "/apis",
            accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        var found = all.GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("metadata").GetProperty("name").GetString() == "found.example.com")
            .GetProperty("versions")[0];
        Assert.Equal("Current", found.GetProperty("freshness").GetString());
        var widgets = Assert.Single(found.GetProperty("resources").EnumerateArray());
        Assert.Equal("Widget", widgets.GetProperty("responseKind").GetProperty("kind").GetString());
        Assert.Equal("status", widgets.GetProperty("subresources")[0].GetProperty("subresource").GetString());

        var schemas = (await server.Admin.OkAsync("GET", "/openapi/v3")).GetProperty("paths");
        var url = schemas.GetProperty("apis/found.example.com/v1").GetProperty("serverRelativeURL").GetString()!;
        Assert.Equal("widgets",
            (await server.Admin.OkAsync("GET", url)).GetProperty("info").GetProperty("title").GetString());

        await server.Admin.OkAsync("DELETE", $"{Registry}/v1.found.example.com");
        using var watch = await server.Admin.WatchAsync($"{Registry}?watch=true&fieldSelector=metadata.name%3Dv1.found.example.com");
        var (code, _) = await server.Admin.CallAsync("GET", "/apis/found.example.com/v1");
        Assert.Equal(404, code);
    }

    [Fact]
    public async Task Availability_saysWhatIsMissing_untilNothingIs()
    {
        const string Name = "v1.steps.example.com";
        await server.Admin.OkAsync("POST", Registry, ApiService("steps.example.com", "steps", 443, ""));
        await WaitAsync(Name, "False", "ServiceNotFound", "service/steps in \"default\" is not present");
        using (var answer = await server.Admin.SendAsync("GET", "/apis/steps.example.com/v1/widgets"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("service unavailable\n", await answer.Content.ReadAsStringAsync(Cancel));
        }

        var all = await server.Admin.OkAsync("GET", "/apis",
            accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        Assert.Contains(all.GetProperty("items").EnumerateArray(), item =>
            item.GetProperty("metadata").GetProperty("name").GetString() == "steps.example.com"
            && item.GetProperty("versions")[0].GetProperty("freshness").GetString() == "Stale");

        await server.Admin.OkAsync("POST", "/api/v1/namespaces/default/services",
            """{"metadata":{"name":"steps"},"spec":{"ports":[{"name":"https","port":8443}]}}""");
        await WaitAsync(Name, "False", "ServicePortError", "service/steps in \"default\" is not listening on port 443");
        await server.Admin.OkAsync("PATCH", "/api/v1/namespaces/default/services/steps",
            """{"spec":{"ports":[{"name":"https","port":443}]}}""", "application/merge-patch+json");
        await WaitAsync(Name, "False", "EndpointsNotFound",
            "cannot find endpointslices for service/steps in \"default\"");
        await server.Admin.OkAsync("POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
            """{"metadata":{"name":"steps-1","labels":{"kubernetes.io/service-name":"steps"}},"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.9"],"conditions":{"ready":false}}],"ports":[{"name":"https","port":443}]}""");
        await WaitAsync(Name, "False", "MissingEndpoints",
            "endpointslices for service/steps in \"default\" have no addresses with port name \"https\"");
        await server.Admin.OkAsync("DELETE", $"{Registry}/{Name}");
    }

    [Fact]
    public async Task ServerThatIsNotThere_failsTheCheck_andIsFoundWhenItComes()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await ServiceAsync("absent");
        await server.Admin.OkAsync("POST", Registry, ApiService("absent.example.com", "absent", port, ""));
        var url = $"https://absent.default.svc:{port}/apis/absent.example.com/v1";
        await WaitAsync("v1.absent.example.com", "False", "FailedDiscoveryCheck",
            $"failing or missing response from {url}: Get \"{url}\": dial tcp localhost:{port}: connect: connection refused");
        await using var extension = await ExtensionServer.StartAsync("absent.example.com", "absent");
        await server.Admin.OkAsync("PATCH", $"{Registry}/v1.absent.example.com",
            JsonSerializer.Serialize(new { spec = new { service = new { port = extension.Port } } }),
                "application/merge-patch+json");
        await WaitAsync("v1.absent.example.com", "True", "Passed", "all checks passed");

        // The check trusts anybody, as Kubernetes' does; a user's request does not.
        using var answer = await server.Admin.SendAsync("GET",
            "/apis/absent.example.com/v1/namespaces/default/widgets");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith("error trying to reach service: ", await answer.Content.ReadAsStringAsync(Cancel));
        await server.Admin.OkAsync("DELETE", $"{Registry}/v1.absent.example.com");
    }

    [Theory]
    [MemberData(nameof(Kubectl.All), MemberType = typeof(Kubectl))]
    public async Task Kubectl_getsWhatAnotherServerServes(string kubectl)
    {
        var group = $"k{Path.GetFileName(kubectl).Replace(".", "", StringComparison.Ordinal)}.example.com";
        await using var extension = await RegisterAsync(group,
            "widgets-" + group[..group.IndexOf('.')].ToLowerInvariant());
        Assert.Contains("True", await Kubectl.RunAsync(server, kubectl, "", "get", "apiservices", $"v1.{group}"));
        Assert.Contains("one", await Kubectl.RunAsync(server, kubectl, "", "get", $"widgets.{group}"));
        Assert.Contains("wd", await Kubectl.RunAsync(server, kubectl, "", "api-resources", $"--api-group={group}"));
        await server.Admin.OkAsync("DELETE", $"{Registry}/v1.{group}");
    }

    [Fact]
    public async Task AuthenticationInfo_tellsWhomToBelieve()
    {
        var data = (await server.Admin.OkAsync("GET",
            "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication")).GetProperty("data");
        Assert.Equal(server.Pki.Authority.Pem, data.GetProperty("client-ca-file").GetString());
        Assert.Equal(server.Pki.FrontProxyAuthority.Pem, data.GetProperty("requestheader-client-ca-file").GetString());
        Assert.Equal("[\"front-proxy-client\"]", data.GetProperty("requestheader-allowed-names").GetString());
        Assert.Equal("[\"X-Remote-Extra-\"]", data.GetProperty("requestheader-extra-headers-prefix").GetString());
        await server.Admin.OkAsync("GET",
            "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles/extension-apiserver-authentication-reader");
    }

    private async Task<ExtensionServer> RegisterAsync(string group, string service, int groupPriority = 1000)
    {
        var extension = await ExtensionServer.StartAsync(group, service);
        await ServiceAsync(service);
        await server.Admin.OkAsync("POST", Registry,
            ApiService(group, service, extension.Port,
                Convert.ToBase64String(Encoding.UTF8.GetBytes(extension.AuthorityPem)), groupPriority));
        await WaitAsync($"v1.{group}", "True", "Passed", "all checks passed");
        return extension;
    }

    // Slices may not hold loopback addresses: a name leads there.
    private Task<JsonElement> ServiceAsync(string name) =>
        server.Admin.OkAsync("POST", "/api/v1/namespaces/default/services",
        $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"type":"ExternalName","externalName":"localhost"}}""");

    private static string ApiService(string group, string service, int port, string bundle,
        int groupPriority = 1000) => $$$"""
        {"metadata":{"name":"v1.{{{group}}}"},"spec":{"group":"{{{group}}}","version":"v1","groupPriorityMinimum":{{{groupPriority}}},
         "versionPriority":15,"caBundle":"{{{bundle}}}","service":{"namespace":"default","name":"{{{service}}}","port":{{{port}}} } } }
        """;

    private async Task WaitAsync(string name, string status, string reason, string message)
    {
        using var watch = await server.Admin.WatchAsync($"{Registry}?watch=true&fieldSelector=metadata.name%3D{name}");
        var seen = "";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await NextAsync() is { } change)
        {
            if (change.GetProperty("object").TryGetProperty("status", out var state)
                && state.TryGetProperty("conditions", out var conditions))
            {
                var condition = conditions[0];
                seen = $"{condition.GetProperty("status")} {condition.GetProperty("reason")} {condition.GetProperty("message")}";
                if (seen == $"{status} {reason} {message}")
                {
                    return;
                }
            }
        }

        Assert.Fail($"{name} was last {seen}, not {status} {reason} {message}");

        async Task<JsonElement?> NextAsync()
        {
            try
            {
                return await watch.NextAsync().WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
            Assert.True(read > 0, $"ended after {text}");
            text.Append((char)buffer[0]);
        }

        return text.ToString();
    }
}
