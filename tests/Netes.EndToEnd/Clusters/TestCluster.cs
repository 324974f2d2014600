using Netes.EndToEnd.Clusters;
using Netes.EndToEnd.Tools;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Netes.EndToEnd.Clusters;

/// <summary>The cluster that most tests share: a control-plane and a worker node.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    public LocalCluster Local { get; } = new("e2e");

    public string Folder => Local.Folder;

    public async ValueTask InitializeAsync()
    {
        await Local.CreateAsync("--workers", "1", "--wait", "120s");
        await Local.LoadTestImageAsync();
    }

    public async ValueTask DisposeAsync() => await Local.DeleteAsync();

    public Task<CommandResult> NetesAsync(params string[] arguments) => Local.NetesAsync(arguments);

    public Task<Kubectl> KubectlAsync(string program) => Local.KubectlAsync(program);

    public Task<Kubectl> KubectlAsync() => Local.KubectlAsync();
}
