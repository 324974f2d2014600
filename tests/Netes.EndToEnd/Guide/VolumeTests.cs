using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>The guide's chapter on persistent volumes, with the class that a cluster begins with.</summary>
public sealed class VolumeTests(TestCluster cluster)
{
    private const string Folders = "/var/local-path-provisioner";

    [Fact]
    public async Task Data_of_a_claim_outlives_its_pods_and_goes_with_it()
    {
        var kubectl = await cluster.KubectlAsync();
        Assert.Matches(@"local-path \(default\)\s+netes.io/local-path\s+Delete\s+WaitForFirstConsumer\s+false",
            await kubectl.OutputAsync("get", "storageclass"));
        await kubectl.ApplyAsync(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data }
            spec:
              accessModes: [ReadWriteOnce]
              resources: { requests: { storage: 10Mi } }
            """);
        await kubectl.ApplyAsync(Pod("writer", "echo kept > /data/file; sleep 1000"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/writer", "--timeout=120s");
        await kubectl.WaitForAsync("pvc", "data", "{.status.phase}", "Bound");
        var volume = await kubectl.JsonPathAsync("pvc", "data", "{.spec.volumeName}");
        var node = await kubectl.JsonPathAsync("pod", "writer", "{.spec.nodeName}");
        await kubectl.ShowsAsync("exec writer -- cat /data/file", "^kept\n$");
        await kubectl.OutputAsync("delete", "pod", "writer");

        // The volume draws the pod to its node; an ephemeral one comes and goes with the pod.
        await kubectl.ApplyAsync(
            Pod("reader", "touch /scratch/file; sleep 1000", Scratch, "securityContext: { fsGroup: 2000 }"));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/reader", "--timeout=120s");
        Assert.Equal(node, await kubectl.JsonPathAsync("pod", "reader", "{.spec.nodeName}"));
        Assert.Equal("kept\n", await kubectl.OutputAsync("exec", "reader", "--", "cat", "/data/file"));
        Assert.Equal("2000\n", await kubectl.OutputAsync("exec", "reader", "--", "stat", "-c", "%g", "/data/file"));
        var scratch = await kubectl.JsonPathAsync("pvc", "reader-scratch", "{.spec.volumeName}");

        await kubectl.ApplyAsync(Looker(node));
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/looker", "--timeout=120s");
        var folders = await kubectl.OutputAsync("exec", "looker", "--", "ls", Folders);
        Assert.Contains($"{volume}_{kubectl.Namespace}_data", folders, StringComparison.Ordinal);
        Assert.Contains($"{scratch}_{kubectl.Namespace}_reader-scratch", folders, StringComparison.Ordinal);

        // The claim waits for its pod, its volume for the data.
        await kubectl.OutputAsync("delete", "pvc", "data", "--wait=false");
        Assert.Contains("Terminating", await kubectl.OutputAsync("get", "pvc", "data"), StringComparison.Ordinal);
        await kubectl.OutputAsync("delete", "pod", "reader");
        foreach (var name in (string[])[volume, scratch])
        {
            await kubectl.OutputAsync("wait", "--for=delete", $"pv/{name}", "--timeout=120s");
        }

        folders = await kubectl.OutputAsync("exec", "looker", "--", "ls", Folders);
        Assert.DoesNotContain(volume, folders, StringComparison.Ordinal);
        Assert.DoesNotContain(scratch, folders, StringComparison.Ordinal);
        await kubectl.OutputAsync("delete", "pod", "looker");
    }

    private const string Scratch =
        """
            - name: scratch
              ephemeral:
                volumeClaimTemplate:
                  spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 5Mi } } }
        """;

    private static string Pod(string name, string script, string volume = "", string spec = "") =>
        $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          terminationGracePeriodSeconds: 1
          {{spec}}
          volumes:
            - { name: data, persistentVolumeClaim: { claimName: data } }
        {{volume}}
          containers:
            - name: main
              image: netes.test/busybox:1
              imagePullPolicy: Never
              command: ["sh", "-c", "{{script}}"]
              volumeMounts:
                - { name: data, mountPath: /data }
                {{(volume.Length > 0 ? "- { name: scratch, mountPath: /scratch }" : "")}}
        """;

    private static string Looker(string node) =>
        $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: looker }
        spec:
          nodeName: {{node}}
          terminationGracePeriodSeconds: 1
          volumes: [{ name: folders, hostPath: { path: {{Folders}} } }]
          containers:
            - name: main
              image: netes.test/busybox:1
              imagePullPolicy: Never
              command: ["sleep", "1000"]
              volumeMounts: [{ name: folders, mountPath: {{Folders}} }]
        """;
}
