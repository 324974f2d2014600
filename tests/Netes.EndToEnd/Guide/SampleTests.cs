using System.Text.Json;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>
/// The guide's whole way with its own app, as the demo goes it: FastAPI from Debian's packages as an image without a
/// registry, its Deployment and Service, and answers from outside and from inside.
/// </summary>
public sealed class SampleTests(TestCluster cluster)
{
    [Fact]
    public async Task Fastapi_app_answers_by_service_name_port_forward_and_proxy()
    {
        (await cluster.NetesAsync(
            "load", "image-archive", await SampleImage.ArchiveAsync(), "--name", cluster.Local.Name)).MustSucceed();
        var kubectl = await cluster.KubectlAsync();
        var manifests = Path.Combine(SampleImage.Repository, "samples/fastapi/k8s");

        await kubectl.OutputAsync(
            "apply", "-f", Path.Combine(manifests, "deployment.yaml"), "-f", Path.Combine(manifests, "service.yaml"));
        await kubectl.OutputAsync("rollout", "status", "deployment/fastapi-app", "--timeout=180s");

        Assert.Matches(@"fastapi-app\s+2/2\s+2\s+2\s", await kubectl.OutputAsync("get", "deployments"));
        Assert.Contains("Uvicorn running on http://0.0.0.0:8000",
            await kubectl.OutputAsync("logs", "deployment/fastapi-app"), StringComparison.Ordinal);
        var pods = (await kubectl.OutputAsync("get", "pods", "-l", "app=fastapi-app", "-o", "name"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name["pod/".Length..]).ToList();

        const string Ask = "import urllib.request as r; " +
            "print(r.urlopen('http://fastapi-service/', timeout=10).read().decode())";
        await Eventually.Async(
            "answers of both pods, by DNS name",
            () => kubectl.RunAsync("exec", "deployment/fastapi-app", "--", "python3", "-c",
                string.Join('\n', Enumerable.Repeat(Ask, 10))),
            answers => pods.All(pod => answers.Output.Contains(pod, StringComparison.Ordinal)));
        await using (var forward = await PortForward.StartAsync(kubectl, "service/fastapi-service", 80))
        {
            using var answer = JsonDocument.Parse(await forward.GetAsync("/"));
            Assert.Contains(answer.RootElement.GetProperty("pod").GetString(), pods);
        }

        Assert.Equal("""{"status":"ok"}""", await kubectl.OutputAsync(
            "get", "--raw", $"/api/v1/namespaces/{kubectl.Namespace}/services/fastapi-service:80/proxy/healthz"));
        var description = await kubectl.OutputAsync("describe", "pods", "-l", "app=fastapi-app");
        Assert.Matches(@"Limits:\s+cpu:\s+1\s+memory:\s+1Gi\s+Requests:\s+cpu:\s+500m\s+memory:\s+512Mi", description);
        await kubectl.OutputAsync("delete", "-f", manifests, "--ignore-not-found", "--wait=false");
    }
}
