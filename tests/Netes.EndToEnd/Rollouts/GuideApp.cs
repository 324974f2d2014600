using System.Globalization;
using System.Net;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;
using Netes.NodeTests.Machines;

namespace Netes.EndToEnd.Rollouts;

/// <summary>
/// The guide's app as its chapters write it: chapter 1's Deployment, 2-5's preStop, 5-2's strategy, and a readiness
/// probe; its Service also has a node port.
/// </summary>
internal static class GuideApp
{
    public const string Name = "fastapi-app";

    private const string ClientSleep = "314159";

    public static string Deployment(int replicas, string tag, string env = "") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: fastapi-app
          labels: { app: fastapi-app }
        spec:
          replicas: {{replicas}}
          selector:
            matchLabels: { app: fastapi-app }
          strategy:
            type: RollingUpdate
            rollingUpdate:
              maxUnavailable: 1
              maxSurge: 1
          template:
            metadata:
              labels: { app: fastapi-app }
            spec:
              containers:
                - name: fastapi-app
                  image: my-fastapi-app:{{tag}}
                  imagePullPolicy: Never
                  resources:
                    requests: { memory: "128Mi", cpu: "250m" }
                    limits: { memory: "1Gi", cpu: "1000m" }
                  ports:
                    - containerPort: 8000
                  readinessProbe:
                    httpGet: { path: /healthz, port: 8000 }
                    periodSeconds: 1
                    timeoutSeconds: 10
                  lifecycle:
                    preStop:
                      exec:
                        command: ["/bin/sh", "-c", "echo 'Terminating...'"]
        {{env}}
        """;

    public const string Service = """
        apiVersion: v1
        kind: Service
        metadata: { name: fastapi-service }
        spec:
          type: NodePort
          selector: { app: fastapi-app }
          ports: [{ protocol: TCP, port: 80, targetPort: 8000 }]
        """;

    /// <summary>
    /// The five ways to the Service: each node's port, the Service's address on each node and in a pod, which stays on
    /// the control plane's node.
    /// </summary>
    public static async Task<IReadOnlyList<LoadEntry>> EntriesAsync(LocalCluster cluster, Kubectl kubectl)
    {
        await kubectl.ApplyAsync(Manifests.Pod(
            "client", $"exec sleep {ClientSleep}", $"nodeName: {cluster.ControlPlane}"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/client", "--timeout=120s");
        var service = new IPEndPoint(
            IPAddress.Parse(await kubectl.JsonPathAsync("service", "fastapi-service", "{.spec.clusterIP}")), 80);
        var port = int.Parse(
            await kubectl.JsonPathAsync("service", "fastapi-service", "{.spec.ports[0].nodePort}"),
            CultureInfo.InvariantCulture);
        var entries = new List<LoadEntry>();
        foreach (var node in (string[])[cluster.ControlPlane, cluster.Worker])
        {
            var address = IPAddress.Parse(await kubectl.JsonPathAsync(
                "node", node, "{.status.addresses[?(@.type=='InternalIP')].address}"));
            var process = (await File.ReadAllTextAsync(Path.Combine(cluster.Share(node), "process"))).Split(' ')[0];
            entries.Add(new($"port of {node}", new(address, port)));
            entries.Add(new($"Service on {node}", service, new($"/proc/{process}/ns/net")));
        }

        // The pod is ready when its shell runs, which then becomes what it is told.
        var client = await Eventually.Async(
            "the client's process",
            () => Task.FromResult(NodeProcesses.Find(cluster, cluster.ControlPlane, "sleep", ClientSleep)),
            found => found.Count > 0);
        entries.Add(new("Service in a pod", service, new NetworkNamespace($"/proc/{Assert.Single(client)}/ns/net")));
        return entries;
    }
}
