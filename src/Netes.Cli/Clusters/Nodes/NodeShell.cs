using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>Runs programs inside a node, as "docker exec" does for a container.</summary>
internal sealed class NodeShell(ClusterPaths paths, string cluster, string node)
{
    private static readonly string[] Environment =
        [.. NodeProgram.Clean().Select(variable => $"{variable.Key}={variable.Value}")];

    /// <summary>Process 1 of the node as the host sees it, if the node is on.</summary>
    public ProcessIdentity? Process =>
        ProcessIdentity.ReadFile(paths.ProcessFile(cluster, node)) is { IsAlive: true } process ? process : null;

    public async Task<string> RunAsync(
        IReadOnlyList<string> command, CancellationToken cancel, Func<Stream, CancellationToken, Task>? input = null)
    {
        var result = await TryAsync(command, cancel, input);
        return result.ExitCode == 0
            ? result.Output
            : throw new ToolException($"{node}: {string.Join(' ', command)}: {result.Error.Trim()}");
    }

    public Task<ToolResult> TryAsync(
        IReadOnlyList<string> command, CancellationToken cancel, Func<Stream, CancellationToken, Task>? input = null)
    {
        var process = Process ?? throw new ToolException($"node \"{node}\" is not running; start it with: " +
            $"netes start cluster --name {cluster}");
        return Tool.StreamAsync("nsenter",
            [$"--target={process.Pid}", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd",
                // The user's own variables have no meaning in a node: his PATH may lack what the node has.
                "--", "/usr/bin/env", "-i", .. Environment, .. command],
            input, cancel);
    }
}
