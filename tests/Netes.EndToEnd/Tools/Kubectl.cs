using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Netes.EndToEnd.Tools;

/// <summary>A real kubectl with the cluster's kubeconfig, in a namespace of its own.</summary>
public sealed class Kubectl(string program, string kubeconfig, string ns)
{
    public string Namespace { get; } = ns;

    public string Program { get; } = program;

    public string Kubeconfig { get; } = kubeconfig;

    /// <summary>Every kubectl on the machine: the one on the path and those that stand beside its real file.</summary>
    public static IReadOnlyList<string> FindAll()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
        {
            var file = new FileInfo(Path.Combine(folder, "kubectl"));
            if (!file.Exists)
            {
                continue;
            }

            var real = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
            // /lib and /usr/lib are one folder where the system is merged: each program counts once.
            var folderOfReal = Path.GetDirectoryName(real)!;
            folderOfReal = folderOfReal.StartsWith("/lib/", StringComparison.Ordinal)
                && Directory.Exists("/usr" + folderOfReal)
                ? "/usr" + folderOfReal
                : folderOfReal;
            var versions = Directory.GetFiles(folderOfReal, "kubectl.1.*");
            found.UnionWith(versions.Length > 0 ? versions : [real]);
        }

        return [.. found];
    }

    public Kubectl In(string otherNamespace) => new(Program, Kubeconfig, otherNamespace);

    public Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RunAsync(Program, All(arguments), Quiet());

    public async Task<string> OutputAsync(params string[] arguments) => (await RunAsync(arguments)).MustSucceed();

    public async Task<string> ApplyAsync(string yaml, params string[] more) =>
        (await Command.RunAsync(Program, All(["apply", "-f", "-", .. more]), Quiet(), yaml)).MustSucceed();

    public Task<CommandResult> WithInputAsync(string input, params string[] arguments) =>
        Command.RunAsync(Program, All(arguments), Quiet(), input);

    /// <summary>Runs on a terminal, as a person does; what is typed goes in, what is shown comes out.</summary>
    public Task<CommandResult> OnTerminalAsync(string typed, params string[] arguments)
    {
        var line = string.Join(' ', All(arguments).Prepend(Program).Select(a => $"'{a.Replace("'", @"'\''")}'"));
        return Command.RunAsync("script", ["-qec", line, "/dev/null"], Quiet(), typed);
    }

    public Process Start(params string[] arguments) => Command.Start(Program, All(arguments), Quiet());

    public Task<string> JsonPathAsync(string resource, string name, string path) =>
        OutputAsync("get", resource, name, "-o", $"jsonpath={path}");

    public Task WaitForAsync(string resource, string name, string path, string value) => Eventually.Async(
        $"{resource}/{name} {path} = {value}",
        async () => (await RunAsync("get", resource, name, "-o", $"jsonpath={path}")).Output,
        seen => seen == value);

    /// <summary>
    /// What a line shows once it shows all of these patterns. A status, the event that explains it and what others make
    /// of it are written one after the other, by different parts: who sees one may be too early for the next.
    /// </summary>
    public async Task<string> ShowsAsync(string line, params string[] patterns) => (await Eventually.Async(
        $"kubectl {line} to show {string.Join(" and ", patterns)}",
        () => RunAsync(line.Split(' ')),
        result => result.ExitCode == 0 && patterns.All(pattern => Regex.IsMatch(result.Output, pattern)))).Output;

    /// <summary>
    /// Makes the file that a container ends at. The container may be gone, and have taken the command with it
    /// (SIGKILL, 137), before the command can say that it was done.
    /// </summary>
    public async Task TouchToEndAsync(string pod, string file)
    {
        var touched = await RunAsync("exec", pod, "--", "touch", file);
        if (touched.ExitCode != 128 + 9)
        {
            touched.MustSucceed();
        }
    }

    private IEnumerable<string> All(IEnumerable<string> arguments) =>
        arguments.Prepend(Namespace).Prepend("--namespace").Prepend(Kubeconfig).Prepend("--kubeconfig");

    // Each test class has its own discovery cache: what one version of kubectl stored must not serve another.
    private Dictionary<string, string> Quiet() => new()
    {
        ["KUBECACHEDIR"] = Path.Combine(Path.GetDirectoryName(Kubeconfig)!, "cache", Path.GetFileName(Program)),
        ["TERM"] = "xterm",
    };
}
