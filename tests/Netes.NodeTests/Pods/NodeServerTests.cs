using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Netes.Api.Core;
using Netes.NodeTests.Machines;
using Netes.Nodes.Server;
using static Netes.NodeTests.Pods.NodeFixture;

namespace Netes.NodeTests.Pods;

/// <summary>A node agent with its own server.</summary>
public sealed class ServerFixture : NodeFixture
{
    private readonly X509Certificate2 authority = Issue("CN=authority", null);

    public ServerFixture() => ServerCertificate = Issue("CN=n1", authority);

    public int Port { get; } = FreePort.Take();

    public X509Certificate2 ServerCertificate { get; }

    public override NodeServerOptions? Server => new()
    {
        Address = IPAddress.Loopback, Port = Port, Certificate = () => ServerCertificate,
        ClientAuthorities = [authority],
    };

    public X509Certificate2 ClientCertificate(string subject) => Issue(subject, authority);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Eventually.Async("the server", AnswersAsync, answers => answers);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, Port, Limit);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static X509Certificate2 Issue(string subject, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var (from, to) = (DateTimeOffset.Parse("2020-01-01T00:00:00Z"), DateTimeOffset.Parse("2040-01-01T00:00:00Z"));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.2"), new("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(certificate.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12),
            null);
    }
}

/// <summary>Logs and streams over the node's HTTPS server.</summary>
public sealed class NodeServerTests(ServerFixture node) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Logs_come_whole_in_part_and_followed()
    {
        // It goes on when it is told to, once: the container after it stays.
        await node.CreateAsync(NewPod("logs", Busybox("c", "for i in 1 2 3; do echo line$i; done;"
            + " until [ -f /gate/go ]; do sleep 0.05; done; rm /gate/go; echo last")).WithGate(node, out var gate));
        var pod = await node.WaitAsync("logs", pod => pod.Status.Phase == PodPhase.Running);
        await node.LogAsync(pod, "c", "line3\n");
        using var client = NewClient("CN=kube-apiserver-kubelet-client");

        Assert.Equal("line1\nline2\nline3\n", await GetAsync(client, "containerLogs/default/logs/c"));
        Assert.Equal("line3\n", await GetAsync(client, "containerLogs/default/logs/c?tailLines=1"));
        Assert.Equal("line1", await GetAsync(client, "containerLogs/default/logs/c?limitBytes=5"));
        Assert.Equal("line1\nline2\nline3\n",
            await GetAsync(client, $"containerLogs/default/logs/c?sinceSeconds={long.MaxValue}"));
        Assert.Matches(@"^\d{4}-.*Z line1\n", await GetAsync(client, "containerLogs/default/logs/c?timestamps=true"));
        var followed = GetAsync(client, "containerLogs/default/logs/c?follow=true");
        await File.WriteAllTextAsync(gate + "/go", "", node.Limit);
        Assert.Equal("line1\nline2\nline3\nlast\n", await followed);

        await node.WaitAsync("logs", pod => pod.Status.ContainerStatuses[0].RestartCount == 1);
        Assert.Equal("line1\nline2\nline3\nlast\n",
            await GetAsync(client, "containerLogs/default/logs/c?previous=true"));
    }

    [Fact]
    public async Task Strangers_are_sent_away()
    {
        using var nobody = NewClient(null);
        using var other = NewClient("CN=somebody");

        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("healthz", node.Limit)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("pods", node.Limit)).StatusCode);
        var answer = await other.GetAsync("pods", node.Limit);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("Forbidden (user=somebody, verb=get, resource=nodes, subresource(s)=[pods])",
            await answer.Content.ReadAsStringAsync(node.Limit));
    }

    [Fact]
    public async Task Use_of_cpu_and_memory_is_told()
    {
        await node.CreateAsync(NewPod("busy", Busybox("c", "while true; do :; done")));
        await node.WaitAsync("busy", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        using var client = NewClient("CN=kube-apiserver-kubelet-client");

        var metrics = await Eventually.Async("use of CPU", () => GetAsync(client, "metrics/resource"), text =>
            text.Contains("pod_cpu_usage_seconds_total{namespace=\"default\",pod=\"busy\"}", StringComparison.Ordinal));
        Assert.Contains("node_memory_working_set_bytes ", metrics, StringComparison.Ordinal);
        // A rate needs two readings of the counter.
        await Eventually.Async("a rate", BusyAsync,
            pods => pods is [var pod] && pod.TryGetProperty("cpu", out var cpu)
            && cpu.TryGetProperty("usageNanoCores", out var rate) && rate.GetInt64() > 10_000_000
            && pod.GetProperty("memory").GetProperty("workingSetBytes").GetInt64() > 0);
        await node.Client.DeleteAsync<Pod>("default", "busy", null, node.Limit);

        async Task<List<JsonElement>> BusyAsync()
        {
            using var summary = JsonDocument.Parse(await GetAsync(client, "stats/summary"));
            return [.. summary.RootElement.GetProperty("pods").EnumerateArray()
                .Where(item => item.GetProperty("podRef").GetProperty("name").GetString() == "busy")
                .Select(item => item.Clone())];
        }
    }

    [Fact]
    public async Task Start_of_a_pod_its_calls_and_its_probes_are_told_until_it_is_gone()
    {
        var probe = new Probe { ProbeHandler = new() { Exec = new() { Command = ["true"] } }, PeriodSeconds = 1 };
        var pod = NewPod("told", Busybox("c", "exec sleep 1000") with { ReadinessProbe = probe });
        var now = Netes.Api.Timestamp.From(TimeProvider.System.GetUtcNow());
        pod = pod with { Metadata = pod.Metadata with { CreationTimestamp = now } };
        await node.CreateAsync(pod);
        await node.WaitAsync("told", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        using var client = NewClient("CN=kube-apiserver-kubelet-client");

        var text = await Eventually.Async("the start", () => GetAsync(client, "metrics"), text =>
            text.Contains("kubelet_pod_start_sli_duration_seconds_count ", StringComparison.Ordinal));
        foreach (var line in (string[])
        [
            @"kubelet_node_name\{node=""n1""\} 1", @"kubelet_pod_start_duration_seconds_count [1-9]",
            @"kubelet_pod_start_total_duration_seconds_count [1-9]",
            @"kubelet_runtime_operations_total\{operation_type=""run_podsandbox""\} [1-9]",
            @"kubelet_runtime_operations_duration_seconds_count\{operation_type=""start_container""\} [1-9]",
            @"kubelet_run_podsandbox_duration_seconds_count\{runtime_handler=""""\} [1-9]",
            @"kubelet_started_containers_total\{container_type=""container""\} [1-9]",
            @"kubelet_pod_worker_duration_seconds_count\{operation_type=""create""\} [1-9]",
            @"kubelet_pod_status_sync_duration_seconds_count [1-9]", @"kubelet_running_pods [1-9]",
            @"kubelet_running_containers\{container_state=""running""\} [1-9]",
            @"kubelet_desired_pods\{static=""""\} [1-9]",
        ])
        {
            Assert.Matches("(?m)^" + line, text);
        }

        const string Runs = "prober_probe_total{probe_type=\"Readiness\",result=\"successful\",container=\"c\","
            + "pod=\"told\",namespace=\"default\",pod_uid=";
        Assert.Contains(Runs, await GetAsync(client, "metrics/probes"), StringComparison.Ordinal);
        await node.Client.DeleteAsync<Pod>("default", "told", null, node.Limit);
        await node.WaitGoneAsync("told");
        await Eventually.Async("no series of the pod", () => GetAsync(client, "metrics/probes"), text =>
            !text.Contains("pod=\"told\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Container_that_waits_has_no_log()
    {
        await node.CreateAsync(NewPod("nolog", Busybox("c", "true") with
        {
            Image = "no/image:1", ImagePullPolicy = PullPolicy.Never,
        }));
        await node.WaitAsync("nolog", pod =>
            pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "ErrImageNeverPull" }]);
        using var client = NewClient("CN=kube-apiserver-kubelet-client");

        var answer = await client.GetAsync("containerLogs/default/nolog/c", node.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("container \"c\" in pod \"nolog\" is waiting to start: ErrImageNeverPull",
            await answer.Content.ReadAsStringAsync(node.Limit));
    }

    [Fact]
    public async Task Exec_is_upgraded_to_the_runtimes_stream()
    {
        await node.CreateAsync(NewPod("exec", Busybox("c", "exec sleep 1000")));
        await node.WaitAsync("exec", pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, node.Port, node.Limit);
        await using var stream = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new()
        {
            TargetHost = "n1", ClientCertificates = [node.ClientCertificate("CN=kube-apiserver-kubelet-client")],
        }, node.Limit);

        // The plain WebSocket protocol of streams: the first byte of a message is the stream's number.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /exec/default/exec/c?command=echo&command=hello&output=1&error=1 HTTP/1.1\r\nHost: n1\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n"),
                node.Limit);
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (!received.ToString().Contains("hello\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, node.Limit);
            Assert.NotEqual(0, read);
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", received.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u0001hello\n", received.ToString(), StringComparison.Ordinal);
    }

    private HttpClient NewClient(string? subject)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        if (subject is not null)
        {
            handler.SslOptions.ClientCertificates = [node.ClientCertificate(subject)];
        }

        return new HttpClient(handler) { BaseAddress = new($"https://127.0.0.1:{node.Port}/") };
    }

    private async Task<string> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, node.Limit);
        var text = await answer.Content.ReadAsStringAsync(node.Limit);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return text;
    }
}
