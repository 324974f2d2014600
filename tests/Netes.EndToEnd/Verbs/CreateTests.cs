using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Verbs;

/// <summary>
/// Every generator of <c>kubectl create</c>, and <c>run</c>, <c>expose</c> and <c>autoscale</c>, with every kubectl:
/// what was made is what was asked for. What has no namespace is only tried by the server.
/// </summary>
public sealed class CreateTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Configuration_is_created(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await CreatesAsync(kubectl, "configmap/settings", "configmap settings --from-literal=color=blue");
        Assert.Equal("blue", await kubectl.JsonPathAsync("configmap", "settings", "{.data.color}"));
        Assert.Contains(
            "error: failed to create configmap: configmaps \"settings\" already exists",
            (await kubectl.RunAsync("create", "configmap", "settings")).MustFail(), StringComparison.Ordinal);

        await CreatesAsync(kubectl, "secret/login", "secret generic login --from-literal=password=s3cret");
        Assert.Equal("czNjcmV0", await kubectl.JsonPathAsync("secret", "login", "{.data.password}"));
        var (certificate, key) = WriteCertificate(kubectl.Namespace);
        await CreatesAsync(kubectl, "secret/pair", $"secret tls pair --cert={certificate} --key={key}");
        await CreatesAsync(
            kubectl, "secret/registry", "secret docker-registry registry --docker-server=registry.test " +
            "--docker-username=me --docker-password=s3cret");
        Assert.Equal(
            "Opaque kubernetes.io/tls kubernetes.io/dockerconfigjson",
            await kubectl.OutputAsync("get", "secret", "login", "pair", "registry", "-o", "jsonpath={.items[*].type}"));

        await CreatesAsync(
            kubectl, "resourcequota/few", "quota few --hard=configmaps=10,count/ingresses.networking.k8s.io=3");
        await kubectl.WaitForAsync("quota", "few", "{.status.hard.configmaps}", "10");
        await TriesAsync(kubectl, "namespace/tried", "namespace tried");
        await TriesAsync(
            kubectl, "priorityclass.scheduling.k8s.io/high",
            "priorityclass high --value=1000 --description=high --preemption-policy=Never");
        await kubectl.OutputAsync("delete", "quota", "few");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Workloads_and_their_services_are_created(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await CreatesAsync(
            kubectl, "deployment.apps/web", $"deployment web --image={TestImage.Name} --replicas=0 --port=8000");
        Assert.Equal(
            "8000", await kubectl.JsonPathAsync(
                "deployment", "web", "{.spec.template.spec.containers[0].ports[0].containerPort}"));
        Assert.Equal(
            "service/web exposed\n",
            await kubectl.OutputAsync("expose", "deployment", "web", "--port=80", "--target-port=8000"));
        Assert.Equal("web", await kubectl.JsonPathAsync("service", "web", "{.spec.selector.app}"));
        Assert.Equal(
            "horizontalpodautoscaler.autoscaling/web autoscaled\n",
            await kubectl.OutputAsync("autoscale", "deployment", "web", "--min=1", "--max=3", "--cpu-percent=50"));
        await CreatesAsync(
            kubectl, "poddisruptionbudget.policy/web", "poddisruptionbudget web --selector=app=web --min-available=1");
        Assert.Matches(
            @"NAME\s+MIN AVAILABLE\s+MAX UNAVAILABLE\s+ALLOWED DISRUPTIONS\s+AGE\nweb\s+1\s+N/A\s+0\s",
            await kubectl.OutputAsync("get", "pdb"));

        // A schedule of the 30th of February is valid, and never fires.
        await CreatesAsync(
            kubectl, "cronjob.batch/never", $"cronjob never --image={TestImage.Name} --schedule=0_0_30_2_* -- true");
        Assert.Equal("0 0 30 2 *", await kubectl.JsonPathAsync("cronjob", "never", "{.spec.schedule}"));
        await TriesAsync(kubectl, "job.batch/once", $"job once --image={TestImage.Name} -- true");
        await TriesAsync(kubectl, "job.batch/now", "job now --from=cronjob/never");
        Assert.Equal(
            "pod/box created (server dry run)\n",
            await kubectl.OutputAsync("run", "box", $"--image={TestImage.Name}", "--dry-run=server", "--", "true"));
        await kubectl.OutputAsync("delete", "deployment,service,hpa,pdb,cronjob", "--all", "--wait=false");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Ways_to_services_are_created(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        await CreatesAsync(kubectl, "service/inside", "service clusterip inside --tcp=80:8000");
        await CreatesAsync(kubectl, "service/port", "service nodeport port --tcp=80:8000");
        await CreatesAsync(kubectl, "service/outside", "service loadbalancer outside --tcp=80");
        await CreatesAsync(kubectl, "service/alias", "service externalname alias --external-name=elsewhere.test");
        await CreatesAsync(kubectl, "service/headless", "service clusterip headless --clusterip=None --tcp=80");
        var table = await kubectl.OutputAsync("get", "services");
        Assert.Matches(@"alias\s+ExternalName\s+<none>\s+elsewhere\.test\s+<none>\s", table);
        Assert.Matches(@"headless\s+ClusterIP\s+None\s+<none>\s+80/TCP\s", table);
        Assert.Matches(@"inside\s+ClusterIP\s+10\.96\.\d+\.\d+\s+<none>\s+80/TCP\s", table);
        Assert.Matches(@"outside\s+LoadBalancer\s+10\.96\.\d+\.\d+\s+\S+\s+80:3\d{4}/TCP\s", table);
        Assert.Matches(@"port\s+NodePort\s+10\.96\.\d+\.\d+\s+<none>\s+80:3\d{4}/TCP\s", table);

        await CreatesAsync(kubectl, "ingress.networking.k8s.io/way", "ingress way --rule=web.test/path*=inside:80");
        Assert.Matches(@"way\s+<none>\s+web\.test\s+80\s", await kubectl.OutputAsync("get", "ingress"));
        await kubectl.OutputAsync("delete", "service,ingress", "--all", "--wait=false");
    }

    [Theory]
    [ClassData(typeof(KubectlVersions))]
    public async Task Rights_are_created_and_asked_for(string program)
    {
        var kubectl = await cluster.KubectlAsync(program);
        var user = $"--as=system:serviceaccount:{kubectl.Namespace}:robot";
        await CreatesAsync(kubectl, "serviceaccount/robot", "serviceaccount robot");
        Assert.Equal("no\n", (await kubectl.RunAsync("auth", "can-i", "get", "pods", user)).MustFail()[..3]);
        await CreatesAsync(
            kubectl, "role.rbac.authorization.k8s.io/look",
            "role look --verb=get,list --resource=pods,deployments.apps");
        await CreatesAsync(
            kubectl, "rolebinding.rbac.authorization.k8s.io/look",
            $"rolebinding look --role=look --serviceaccount={kubectl.Namespace}:robot");
        await Eventually.Async(
            "the right", () => kubectl.RunAsync("auth", "can-i", "get", "pods", user), result => result.ExitCode == 0);
        Assert.Equal("no\n", (await kubectl.RunAsync("auth", "can-i", "delete", "pods", user)).MustFail()[..3]);
        Assert.Equal("yes\n", await kubectl.OutputAsync("auth", "can-i", "*", "*"));
        Assert.Matches(
            @"pods\s+\[\]\s+\[\]\s+\[get list\]", await kubectl.OutputAsync("auth", "can-i", "--list", user));
        Assert.Contains(
            $"Error from server (Forbidden): pods \"x\" is forbidden: User \"{user[5..]}\" cannot delete resource " +
            $"\"pods\" in API group \"\" in the namespace \"{kubectl.Namespace}\"",
            (await kubectl.RunAsync("delete", "pod", "x", user)).MustFail(), StringComparison.Ordinal);

        await TriesAsync(
            kubectl, "clusterrole.rbac.authorization.k8s.io/tried", "clusterrole tried --verb=get --resource=nodes");
        await TriesAsync(
            kubectl, "clusterrolebinding.rbac.authorization.k8s.io/tried",
            "clusterrolebinding tried --clusterrole=view --user=somebody");
        var token = await kubectl.OutputAsync("create", "token", "robot", "--duration=10m");
        Assert.Equal(3, token.Trim().Split('.').Length);
        await kubectl.OutputAsync("delete", "role,rolebinding,serviceaccount", "--all", "--wait=false");
    }

    // The words of a line; _ stands for a space within one.
    private static async Task CreatesAsync(Kubectl kubectl, string what, string line) => Assert.Equal(
        $"{what} created\n", await kubectl.OutputAsync(["create", .. Words(line)]));

    private static async Task TriesAsync(Kubectl kubectl, string what, string line)
    {
        var words = Words(line);
        var end = Array.IndexOf(words, "--");
        var at = end < 0 ? words.Length : end;
        Assert.Equal(
            $"{what} created (server dry run)\n",
            await kubectl.OutputAsync(["create", .. words[..at], "--dry-run=server", .. words[at..]]));
    }

    private static string[] Words(string line) =>
        [.. line.Split(' ').Select(word => word.StartsWith("--schedule", StringComparison.Ordinal)
            ? word.Replace('_', ' ') : word)];

    private (string Certificate, string Key) WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=web.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now, now.AddDays(1));
        var first = Path.Combine(cluster.Folder, $"{name}.crt");
        var second = Path.Combine(cluster.Folder, $"{name}.key");
        File.WriteAllText(first, certificate.ExportCertificatePem());
        File.WriteAllText(second, key.ExportECPrivateKeyPem());
        return (first, second);
    }
}
