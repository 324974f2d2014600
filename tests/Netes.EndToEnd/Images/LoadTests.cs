using System.IO.Compression;
using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Images;

/// <summary>
/// The guide's chapter 1-6: an image that was built on the machine is loaded into the nodes and runs there.
/// </summary>
public sealed class LoadTests(TestCluster cluster)
{
    [Theory]
    [ClassData(typeof(ContainerTools))]
    public async Task Built_image_is_loaded_and_runs_and_only_new_layers_are_sent(string program)
    {
        await using var tool = await ContainerTool.StartAsync(program, Path.Combine(cluster.Folder, program));
        var name = $"my-{program}-app:latest";
        Task<CommandResult> Load(params string[] more) =>
            cluster.Local.NetesAsync(tool.Environment,
                ["load", "docker-image", name, "--name", cluster.Local.Name, .. more]);

        await tool.BuildAsync(name, "first");
        var first = await Load();
        first.MustSucceed();
        // The shell's layer is about a megabyte even when it is compressed.
        Assert.All(SentMebibytes(first), sent => Assert.True(sent > 0.5, first.Errors));
        Assert.Equal(2, SentMebibytes(first).Count);
        await RunsAsync(name, "first");

        var again = await Load();
        again.MustSucceed();
        Assert.Contains($"found to be already present on node \"{cluster.Local.Worker}\"", again.Errors,
            StringComparison.Ordinal);
        Assert.Empty(SentMebibytes(again));

        await tool.BuildAsync(name, "second");
        var second = await Load();
        second.MustSucceed();
        Assert.Equal([0.0, 0.0], SentMebibytes(second));
        await RunsAsync(name, "second");
    }

    [Theory]
    [InlineData("docker-archive", false)]
    [InlineData("docker-archive", true)]
    [InlineData("oci-archive", false)]
    [InlineData("oci-archive", true)]
    public async Task Archive_of_each_form_is_loaded(string form, bool compressed)
    {
        await using var tool = await ContainerTool.StartAsync(
            "podman", Path.Combine(cluster.Folder, $"archives-{form}-{compressed}"));
        var name = $"example.test/team/{form}-{(compressed ? "gzip" : "plain")}:v1";
        await tool.BuildAsync(name, form);
        var file = Path.Combine(cluster.Folder, $"{form}-{compressed}.tar");
        (await tool.RunAsync("save", "--format", form, "-o", file, name)).MustSucceed();
        if (compressed)
        {
            await using var from = File.OpenRead(file);
            await using var to = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest);
            await from.CopyToAsync(to);
            file += ".gz";
        }

        (await cluster.NetesAsync(
            "load", "image-archive", file, "--name", cluster.Local.Name, "--nodes", cluster.Local.Worker)).MustSucceed(
                );

        await RunsAsync(name, form);
        Assert.Contains(name, await ImagesAsync(cluster.Local.Worker), StringComparison.Ordinal);
        Assert.DoesNotContain(name, await ImagesAsync(cluster.Local.ControlPlane), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_loaded_is_said()
    {
        await using var tool = await ContainerTool.StartAsync("podman", Path.Combine(cluster.Folder, "nothing"));
        async Task<string> Fails(params string[] line) =>
            (await cluster.Local.NetesAsync(tool.Environment, [.. line, "--name", cluster.Local.Name])).MustFail();

        Assert.Equal("ERROR: image: \"nothing:1\" not present locally\n",
            await Fails("load", "docker-image", "nothing:1"));
        Assert.Contains("Could not find file '/nothing.tar'", await Fails("load", "image-archive", "/nothing.tar"),
            StringComparison.Ordinal);
        Assert.Contains("not an image archive", await Fails("load", "image-archive", "/bin/busybox"),
            StringComparison.Ordinal);
        Assert.Equal(
            "ERROR: unknown node: \"nobody\"\n", await Fails("load", "docker-image", "nothing:1", "--nodes", "nobody"));
    }

    private async Task RunsAsync(string image, string says)
    {
        var kubectl = await cluster.KubectlAsync();
        await kubectl.OutputAsync(
            "run", "app", $"--image={image}", "--image-pull-policy=Never",
            "--overrides={\"spec\":{\"terminationGracePeriodSeconds\":0}}");
        await kubectl.OutputAsync("wait", "--for=condition=Ready", "pod/app", "--timeout=120s");
        await kubectl.ShowsAsync("logs app", $"^{says}\n$");
        await kubectl.OutputAsync("delete", "pod", "app", "--wait=false");
    }

    private async Task<string> ImagesAsync(string node) =>
        (await cluster.Local.OnNodeAsync(node, "ctr", "-n", "k8s.io", "images", "ls", "-q")).MustSucceed();

    // "Image: ... loaded to node "x" (1.1 MiB of layers were missing)", once for each node.
    private static List<double> SentMebibytes(CommandResult result) =>
    [
        .. result.Errors.Split('\n').Where(line => line.Contains(" loaded to node ", StringComparison.Ordinal))
            .Select(line =>
                double.Parse(line.Split('(')[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
