using System.CommandLine;
using Netes.Cli;
using Netes.Cli.Clusters;

namespace Netes.Tests.Cli.Commands;

/// <summary>Goal: what a user types and reads, without touching the machine.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netes-test-").FullName;
    private readonly StringWriter output = new(), error = new();
    private readonly CommandContext context;

    public CommandTests() => context = new CommandContext(
        new ClusterStore(new ClusterPaths(folder)), TimeProvider.System, output, error,
        name => name == "HOME" ? folder : null);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("get clusters", 0, "", "No netes clusters found.")]
    [InlineData("get nodes --name demo", 0, "", "No netes nodes found for cluster \"demo\".")]
    [InlineData("get nodes -A", 0, "", "No netes nodes found for any cluster.")]
    [InlineData("get kubeconfig --name demo", 1, "", "ERROR: no nodes found for cluster \"demo\"")]
    [InlineData("export logs --name demo", 1, "", "ERROR: no nodes found for cluster \"demo\"")]
    [InlineData("load image-archive x.tar --name demo", 1, "", "ERROR: no nodes found for cluster \"demo\"")]
    [InlineData("version -q", 0, "0.1.0", "")]
    public async Task Commands_answer(string line, int exit, string said, string complained)
    {
        Assert.Equal(exit, await RunAsync(line.Split(' ')));
        Assert.Equal(said, output.ToString().Trim());
        Assert.Equal(complained, error.ToString().Trim());
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _netes netes")]
    [InlineData("zsh", "compdef _netes netes")]
    [InlineData("fish", "complete -c netes")]
    public async Task Completion_is_a_script(string shell, string expected)
    {
        Assert.Equal(0, await RunAsync("completion", shell));
        Assert.Contains(expected, output.ToString());
    }

    [Fact]
    public async Task Clusters_and_nodes_are_listed()
    {
        var state = ClusterPlan.Make(
            ClusterOptions.Default("demo", 1), System.Net.IPNetwork.Parse("172.30.7.0/24"), 1, "t",
            new("/x", "netes", null));
        context.Store.Write(state);

        await RunAsync("get", "clusters");
        await RunAsync("get", "nodes", "--name", "demo");

        Assert.Equal("demo\ndemo-control-plane\ndemo-worker\n", output.ToString());
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(context.Store.Paths.Cluster("demo")));
    }

    [Fact]
    public async Task Server_onAFileThatIsNoDatabase_saysSo()
    {
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "db", "state.db"), new string('x', 8192), TestContext.Current.CancellationToken);

        Assert.Equal(1, await RunAsync("server", "--data-dir", folder, "--disable-agent"));

        Assert.Matches("^ERROR: server: .*state.db.*\\n$", error.ToString());
    }

    [Fact]
    public void Every_command_has_a_description() =>
        Assert.All(Descend(CommandList.Root(context)).Where(command => !command.Hidden),
            command => Assert.False(string.IsNullOrEmpty(command.Description), command.Name));

    private static IEnumerable<Command> Descend(Command command) =>
        command.Subcommands.SelectMany(Descend).Prepend(command);

    private Task<int> RunAsync(params string[] line) => CommandList.Root(context).Parse(line)
        .InvokeAsync(new() { Output = output, Error = error }, TestContext.Current.CancellationToken);
}
