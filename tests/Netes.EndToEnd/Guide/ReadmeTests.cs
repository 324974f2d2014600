using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Guide;

/// <summary>
/// The README's steps, word for word, one after the other in a shell. Only the cluster has another name, and the image
/// is the archive that the build has made: what builds it by other means is named here.
/// </summary>
public sealed class ReadmeTests : IAsyncLifetime
{
    private static readonly string[] Others = ["docker build ", "netes load docker-image ",
        "samples/fastapi/build-image.cs "];
    private readonly LocalCluster _cluster = new("readme");

    public async ValueTask InitializeAsync()
    {
        // A run that was killed may have left its cluster.
        (await _cluster.NetesAsync("delete", "cluster", "--name", _cluster.Name)).MustSucceed();
        File.CreateSymbolicLink(Path.Combine(_cluster.Folder, "netes"), LocalCluster.Program);
        File.CreateSymbolicLink(Path.Combine(_cluster.Folder, "samples"),
            Path.Combine(SampleImage.Repository, "samples"));
        File.CreateSymbolicLink(Path.Combine(_cluster.Folder, "app.tar"), await SampleImage.ArchiveAsync());
    }

    public async ValueTask DisposeAsync() => await _cluster.DeleteAsync();

    [Fact]
    public async Task Every_step_does_what_it_says()
    {
        var steps = Steps();
        Assert.All(Others, other => Assert.Contains(steps, step => step.StartsWith(other, StringComparison.Ordinal)));
        var said = new Dictionary<string, string>();
        foreach (var step in steps.Where(step =>
            !Others.Any(other => step.StartsWith(other, StringComparison.Ordinal))))
        {
            said[step] = step.StartsWith("kubectl port-forward ", StringComparison.Ordinal)
                ? await ForwardAsync(step)
                : (await RunAsync(step)).MustSucceed();
        }

        Assert.Contains(_cluster.Name, said["netes get clusters"].Split('\n'));
        Assert.Matches($@"\*\s+{_cluster.Context}\s", said["kubectl config get-contexts"]);
        Assert.Contains("successfully rolled out", said["kubectl rollout status deployment/fastapi-app"],
            StringComparison.Ordinal);
        Assert.Contains("Uvicorn running", said["kubectl logs deployment/fastapi-app"], StringComparison.Ordinal);
        Assert.Contains("\"pod\":\"fastapi-app-", said["kubectl port-forward service/fastapi-service 8000:80"],
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            _cluster.Name, (await _cluster.NetesAsync("get", "clusters")).MustSucceed(), StringComparison.Ordinal);
    }

    private List<string> Steps()
    {
        var text = File.ReadAllText(Path.Combine(SampleImage.Repository, "README.md"));
        var blocks = text[text.IndexOf("## Step by step", StringComparison.Ordinal)..].Split("```");
        return
        [
            .. blocks.Where((_, index) => index % 2 == 1).SelectMany(block => block.Split('\n'))
                .Select(line =>
                    line.Split(" #")[0].Trim().Replace("my-cluster", _cluster.Name, StringComparison.Ordinal))
                .Where(line => line.Length > 0),
        ];
    }

    private Task<CommandResult> RunAsync(string line) => Command.RunAsync(
        "bash", ["-c", $"cd '{_cluster.Folder}' && {line}"],
        new Dictionary<string, string>
        {
            ["KUBECONFIG"] = _cluster.Kubeconfig,
            ["NETES_STATE_DIR"] = LocalCluster.StateFolder,
            ["NETES_EGRESS"] = "none",
            ["PATH"] = $"{_cluster.Folder}:{Environment.GetEnvironmentVariable("PATH")}",
        });

    // Any free port of this machine does as well as 8000.
    private async Task<string> ForwardAsync(string step)
    {
        var words = step.Split(' ');
        await using var forward = await PortForward.StartAsync(
            _cluster.Kubectl(Kubectl.FindAll()[^1], "default"), words[2], int.Parse(words[3].Split(':')[1]));
        return await forward.GetAsync("/");
    }
}
