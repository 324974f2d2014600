using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Netes.EndToEnd.Clusters;

/// <summary>One real cluster for all tests: a control-plane and a worker node, made and removed by the
/// product.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    public const string Name = "e2e";
    private readonly string _folder = Directory.CreateTempSubdirectory("netes-e2e-").FullName;
    private int _namespaces;

    public string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public string Folder => _folder;

    /// <summary>The program under test: NETES_PROGRAM, or the one this solution built.</summary>
    public static string Program =>
        Environment.GetEnvironmentVariable("NETES_PROGRAM") is { Length: > 0 } program
            ? program
            : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Netes.Cli/debug/netes"));

    public async ValueTask InitializeAsync()
    {
        // A run that was killed may have left its cluster.
        (await NetesAsync("delete", "cluster", "--name", Name)).MustSucceed();
        (await NetesAsync("create", "cluster", "--name", Name, "--workers", "1", "--wait", "120s")).MustSucceed();
        var archive = Path.Combine(_folder, "busybox.tar");
        TestImage.Write(archive);
        (await NetesAsync("load", "image-archive", archive, "--name", Name)).MustSucceed();
    }

    public async ValueTask DisposeAsync()
    {
        var logs = Environment.GetEnvironmentVariable("NETES_E2E_LOGS");
        if (logs is { Length: > 0 })
        {
            await NetesAsync("export", "logs", logs, "--name", Name);
        }

        (await NetesAsync("delete", "cluster", "--name", Name)).MustSucceed();
        Directory.Delete(_folder, recursive: true);
    }

    public Task<CommandResult> NetesAsync(params string[] arguments) => Command.RunAsync(
        Program, arguments,
        // Nothing of a test leaves the machine, also not a pull of an image that is not there.
        new Dictionary<string, string> { ["KUBECONFIG"] = Kubeconfig, ["NETES_EGRESS"] = "none" },
        limit: TimeSpan.FromMinutes(5));

    /// <summary>A kubectl in a new namespace; the test's objects go with it.</summary>
    public async Task<Kubectl> KubectlAsync(string program)
    {
        var ns = $"test-{Interlocked.Increment(ref _namespaces)}";
        var kubectl = new Kubectl(program, Kubeconfig, ns);
        await kubectl.OutputAsync("create", "namespace", ns);
        await kubectl.WaitForAsync("serviceaccount", "default", "{.metadata.name}", "default");
        return kubectl;
    }

    public Task<Kubectl> KubectlAsync() => KubectlAsync(Kubectl.FindAll()[^1]);

    /// <summary>Runs a command in a node's namespaces.</summary>
    public Task<CommandResult> OnNodeAsync(string node, params string[] command) =>
        Command.RunAsync("nsenter", [$"--net=/run/netns/netes-{Name}-{node}", .. command]);
}
