using System.Security.Cryptography;
using System.Text;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Clusters;

/// <summary>
/// A cluster that the product makes on this machine. Its name belongs to this checkout: runs of other checkouts on the
/// same machine have others, and the next run of this one finds what a killed one left.
/// </summary>
public sealed class LocalCluster(string part)
{
    private static readonly string Checkout = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(AppContext.BaseDirectory)))[..4];

    private int _namespaces;

    public string Name { get; } = $"{part}-{Checkout}";

    /// <summary>The program under test: NETES_PROGRAM, or the one this solution built.</summary>
    public static string Program =>
        Environment.GetEnvironmentVariable("NETES_PROGRAM") is { Length: > 0 } program
            ? program
            : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Netes.Cli/debug/netes"));

    /// <summary>Where the product keeps the clusters of these tests.</summary>
    public static string StateFolder { get; } =
        Environment.GetEnvironmentVariable("NETES_STATE_DIR") is { Length: > 0 } folder
            ? folder
            : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../e2e"));

    /// <summary>For the test's own files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("netes-e2e-").FullName;

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public string Context => $"netes-{Name}";

    public string ControlPlane => $"{Name}-control-plane";

    public string Worker => $"{Name}-worker";

    public async Task CreateAsync(params string[] flags)
    {
        // A run that was killed may have left its cluster.
        (await NetesAsync("delete", "cluster", "--name", Name)).MustSucceed();
        (await NetesAsync(["create", "cluster", "--name", Name, .. flags])).MustSucceed();
    }

    public async Task LoadTestImageAsync()
    {
        var archive = Path.Combine(Folder, "busybox.tar");
        TestImage.Write(archive);
        (await NetesAsync("load", "image-archive", archive, "--name", Name)).MustSucceed();
    }

    public async Task DeleteAsync()
    {
        if (Environment.GetEnvironmentVariable("NETES_E2E_LOGS") is { Length: > 0 } logs)
        {
            await NetesAsync("export", "logs", Path.Combine(logs, Name), "--name", Name);
        }

        (await NetesAsync("delete", "cluster", "--name", Name)).MustSucceed();
        Directory.Delete(Folder, recursive: true);
    }

    public Task<CommandResult> NetesAsync(params string[] arguments) =>
        NetesAsync(new Dictionary<string, string>(), arguments);

    public Task<CommandResult> NetesAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Command.RunAsync(Program, arguments, Variables(environment), limit: TimeSpan.FromMinutes(5));

    /// <summary>A kubectl in a new namespace.</summary>
    public async Task<Kubectl> KubectlAsync(string program)
    {
        var ns = $"test-{Interlocked.Increment(ref _namespaces)}";
        var kubectl = Kubectl(program, ns);
        await kubectl.OutputAsync("create", "namespace", ns);
        // What every pod mounts: without it, a pod's first event may be a warning.
        await kubectl.WaitForAsync("serviceaccount", "default", "{.metadata.name}", "default");
        await kubectl.WaitForAsync("configmap", "kube-root-ca.crt", "{.metadata.name}", "kube-root-ca.crt");
        return kubectl;
    }

    /// <summary>The newest kubectl, in a new namespace.</summary>
    public Task<Kubectl> KubectlAsync() => KubectlAsync(Tools.Kubectl.FindAll()[^1]);

    /// <summary>A kubectl in a namespace that is there.</summary>
    public Kubectl Kubectl(string program, string ns) => new(program, Kubeconfig, ns);

    /// <summary>Runs a program as the node's own, in all of its namespaces.</summary>
    public Task<CommandResult> OnNodeAsync(string node, params string[] command) =>
        Command.RunAsync("nsenter", Enter(node, command), Variables(new Dictionary<string, string>()));

    /// <summary>Starts a program as the node's own.</summary>
    public System.Diagnostics.Process StartOnNode(
        string node, IReadOnlyDictionary<string, string> environment, params string[] command) =>
        Command.Start("nsenter", Enter(node, command), environment);

    /// <summary>What host and node share: logs, the node's first process.</summary>
    public string Share(string node) => Path.Combine(StateFolder, "clusters", Name, "nodes", node, "share");

    public string ApiServer() => File.ReadLines(Kubeconfig)
        .First(line => line.Contains("server:", StringComparison.Ordinal)).Split("server:")[1].Trim().Trim('"');

    private IEnumerable<string> Enter(string node, string[] command)
    {
        var pid = File.ReadAllText(Path.Combine(Share(node), "process")).Split(' ')[0];
        return ["--target", pid, "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd", "--",
            .. command];
    }

    // Nothing of a test leaves the machine, also not a pull of an image that is not there.
    private Dictionary<string, string> Variables(IReadOnlyDictionary<string, string> more) => new(more)
    {
        ["KUBECONFIG"] = more.GetValueOrDefault("KUBECONFIG", Kubeconfig),
        ["NETES_EGRESS"] = "none",
        ["NETES_STATE_DIR"] = StateFolder,
    };
}
