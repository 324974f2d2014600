using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>The guide's chapter on the life of a pod: phases, states of containers, hooks, shared network and
/// volumes.</summary>
public sealed class LifecycleTests(TestCluster cluster)
{
    [Theory]
    [InlineData("exit 0", "Never", "Succeeded", "Completed")]
    [InlineData("exit 7", "Never", "Failed", "Error")]
    public async Task Ended_pod_has_its_phase_and_reason(string script, string policy, string phase, string reason)
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Pod("job", script, $"restartPolicy: {policy}"));

        await kubectl.WaitForAsync("pod", "job", "{.status.phase}", phase);
        Assert.Equal(reason,
            await kubectl.JsonPathAsync("pod", "job", "{.status.containerStatuses[0].state.terminated.reason}"));
        Assert.Matches($@"job\s+0/1\s+{reason}\s", await kubectl.OutputAsync("get", "pods"));
    }

    [Fact]
    public async Task Containers_of_a_pod_share_network_and_volume()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(
            """
            apiVersion: v1
            kind: Pod
            metadata: { name: web-app }
            spec:
              terminationGracePeriodSeconds: 1
              volumes: [{ name: shared, emptyDir: {} }]
              initContainers:
                - name: first
                  image: netes.test/busybox:1
                  imagePullPolicy: Never
                  command: ["sh", "-c", "echo from init > /www/index.html"]
                  volumeMounts: [{ name: shared, mountPath: /www }]
              containers:
                - name: web
                  image: netes.test/busybox:1
                  imagePullPolicy: Never
                  command: ["httpd", "-f", "-p", "80", "-h", "/www"]
                  readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 }
                  volumeMounts: [{ name: shared, mountPath: /www }]
                - name: client
                  image: netes.test/busybox:1
                  imagePullPolicy: Never
                  command: ["sleep", "1000"]
                  volumeMounts: [{ name: shared, mountPath: /data }]
            """);
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/web-app", "--timeout=120s");

        Assert.Equal("from init\n", await kubectl.OutputAsync("exec", "web-app", "-c", "client", "--", "wget", "-q",
            "-O", "-", "http://127.0.0.1"));
        Assert.Equal("from init\n",
            await kubectl.OutputAsync("exec", "web-app", "-c", "client", "--", "cat", "/data/index.html"));
        Assert.Matches(@"web-app\s+2/2\s+Running", await kubectl.OutputAsync("get", "pod", "web-app"));
    }

    [Fact]
    public async Task Pre_stop_hook_runs_before_the_container_ends()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.ApplyAsync(Manifests.Pod(
            "example-pod",
            "trap 'exit 0' TERM; while true; do sleep 0.2; done",
            "",
            """
            lifecycle:
              postStart: { exec: { command: ["sh", "-c", "echo 'Hello...' > /proc/1/fd/1"] } }
              preStop: { exec: { command: ["sh", "-c", "echo 'Terminating...' > /proc/1/fd/1"] } }
            """));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/example-pod", "--timeout=120s");
        using var logs = kubectl.Start("logs", "-f", "example-pod");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        // Who follows is there before the end begins.
        Assert.Equal("Hello...", await logs.StandardOutput.ReadLineAsync(limit.Token));
        var output = logs.StandardOutput.ReadToEndAsync(limit.Token);
        await kubectl.OutputAsync("delete", "pod", "example-pod");

        await logs.WaitForExitAsync(limit.Token);
        Assert.Equal("Terminating...\n", await output);
    }

    [Fact]
    public async Task Probes_and_configuration_reach_the_container()
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.OutputAsync("create", "configmap", "settings", "--from-literal=color=blue");
        await kubectl.OutputAsync("create", "secret", "generic", "login", "--from-literal=password=s3cret");
        await kubectl.ApplyAsync(Manifests.Pod(
            "configured",
            "sleep 1000",
            """
            volumes:
              - { name: settings, configMap: { name: settings } }
              - { name: login, secret: { secretName: login } }
              - { name: info, downwardAPI: { items: [{ path: labels, fieldRef: { fieldPath: metadata.labels } }] } }
            """,
            """
            env:
              - { name: COLOR, valueFrom: { configMapKeyRef: { name: settings, key: color } } }
              - { name: PASSWORD, valueFrom: { secretKeyRef: { name: login, key: password } } }
              - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
              - { name: TEXT, value: "$(POD) is $(COLOR)" }
            volumeMounts:
              - { name: settings, mountPath: /settings }
              - { name: login, mountPath: /login, readOnly: true }
              - { name: info, mountPath: /info }
            livenessProbe:
              { exec: { command: ["test", "!", "-f", "/tmp/dead"] }, periodSeconds: 1, failureThreshold: 1,
                timeoutSeconds: 30 }
            readinessProbe: { exec: { command: ["test", "-f", "/tmp/ready"] }, periodSeconds: 1, timeoutSeconds: 30 }
            startupProbe: { exec: { command: ["true"] }, periodSeconds: 1, timeoutSeconds: 30 }
            """));
        await kubectl.WaitForAsync("pod", "configured", "{.status.containerStatuses[0].started}", "true");
        Assert.Equal("False",
            await kubectl.JsonPathAsync("pod", "configured", "{.status.conditions[?(@.type=='Ready')].status}"));

        var shown = await kubectl.OutputAsync(
            "exec", "configured", "--", "sh", "-c",
            "echo $TEXT $PASSWORD; cat /settings/color /login/password /info/labels");
        Assert.Equal("configured is blue s3cret\nblues3cretapp=\"configured\"", shown.TrimEnd());
        Assert.Contains("token", await kubectl.OutputAsync("exec", "configured", "--", "ls",
            "/var/run/secrets/kubernetes.io/serviceaccount"), StringComparison.Ordinal);

        await kubectl.OutputAsync("exec", "configured", "--", "touch", "/tmp/ready");
        await kubectl.WaitForAsync("pod", "configured", "{.status.conditions[?(@.type=='Ready')].status}", "True");
        await kubectl.TouchToEndAsync("configured", "/tmp/dead");
        await kubectl.WaitForAsync("pod", "configured", "{.status.containerStatuses[0].restartCount}", "1");
        await kubectl.ShowsAsync("describe pod configured", "Liveness probe failed");
    }
}
