using System.Diagnostics;
using Netes.Nodes.Images;
using Netes.Nodes.Runtime;

namespace Netes.NodeTests.Machines;

/// <summary>
/// A containerd of a test's own: its folders, socket, network and mount namespace and cgroup are nobody else's, and
/// disposing removes every trace. The network namespace has a CNI bridge and no way out.
/// </summary>
public sealed class PrivateContainerd : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly Process holder;
    private Process? daemon;

    private PrivateContainerd(string id, Process holder)
    {
        Id = id;
        this.holder = holder;
        Runtime = new CriRuntime(SocketPath, TimeProvider.System);
    }

    public string Id { get; }

    /// <summary>
    /// The folder of all that belongs to this containerd; a shared mount, so that volumes are seen inside.
    /// </summary>
    public string Folder => FolderOf(Id);

    public string SocketPath => Folder + "/containerd.sock";

    /// <summary>The cgroup below which pods are to be put, in every hierarchy.</summary>
    public string CgroupRoot => "/" + Id;

    public CriRuntime Runtime { get; }

    public NetworkNamespace Network => new($"/proc/{holder.Id}/ns/net");

    public static async Task<PrivateContainerd> StartAsync()
    {
        var id = "netes-e2e-" + Guid.NewGuid().ToString("N")[..8];
        var folder = FolderOf(id);
        Directory.CreateDirectory(folder + "/cni");
        await Shell.RunAsync("mount", "--bind", folder, folder);
        await Shell.RunAsync("mount", "--make-rshared", folder);
        await File.WriteAllTextAsync(folder + "/config.toml", ContainerdConfig.Toml(folder));
        await File.WriteAllTextAsync(folder + "/cni/10-netes.conflist", ContainerdConfig.Cni(folder));

        // The holder keeps both namespaces alive over restarts of containerd, and ends with this process. Shims put
        // their sockets below /run/containerd, whatever the configuration says: hidden behind a mount of its own.
        var holder = Shell.Start("unshare", "--net", "--mount", "--propagation", "slave", "--", "sh", "-c",
            "ip link set lo up && mkdir -p /run/containerd && mount -t tmpfs tmpfs /run/containerd"
            + " && echo ready && exec cat >/dev/null");
        var ready = await holder.StandardOutput.ReadLineAsync();
        if (ready != "ready")
        {
            throw new InvalidOperationException("no namespaces: " + await holder.StandardError.ReadToEndAsync());
        }

        var machine = new PrivateContainerd(id, holder);
        try
        {
            await machine.StartDaemonAsync();
            await machine.ImportAsync(SandboxImage.Archive());
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an image (an archive of docker save) known to the runtime.</summary>
    public async Task ImportAsync(byte[] archive)
    {
        var path = $"{Folder}/{Guid.NewGuid():N}.tar";
        await File.WriteAllBytesAsync(path, archive);
        await Shell.RunAsync("ctr", "-a", SocketPath, "-n", "k8s.io", "images", "import", path);
        File.Delete(path);
    }

    public async Task StartDaemonAsync()
    {
        daemon = Shell.Start("nsenter", "-t", $"{holder.Id}", "-n", "-m", "--", "sh", "-c",
            $"exec containerd -c {Folder}/config.toml >>{Folder}/containerd.log 2>&1");
        using var limit = new CancellationTokenSource(StartLimit);
        await Eventually.Async("containerd", () => AnswersAsync(limit.Token), answers => answers || daemon.HasExited);
        if (daemon.HasExited)
        {
            throw new InvalidOperationException(
                "containerd ended: " + await File.ReadAllTextAsync(Folder + "/containerd.log"));
        }
    }

    /// <summary>Ends containerd itself; containers run on.</summary>
    public async Task StopDaemonAsync()
    {
        if (daemon is null || daemon.HasExited)
        {
            return;
        }

        await Shell.RunAsync("kill", "-TERM", $"{daemon.Id}");
        await daemon.WaitForExitAsync();
        daemon.Dispose();
        daemon = null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RemovePodsAsync();
        }
        catch (RuntimeException error)
        {
            TestContext.Current.SendDiagnosticMessage($"pods of {Id} not removed by the runtime: {error.Message}");
        }

        await StopDaemonAsync();
        Runtime.Dispose();
        Leftovers.KillProcesses(Id, holder.Id);
        holder.Kill();
        await holder.WaitForExitAsync();
        holder.Dispose();
        Leftovers.RemoveCgroups(Id);
        await Shell.RunAsync("umount", "--recursive", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static string FolderOf(string id) => "/tmp/" + id;

    private async Task RemovePodsAsync()
    {
        if (daemon is null || daemon.HasExited)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var sandbox in await Runtime.ListPodSandboxesAsync(null, limit.Token))
        {
            await Runtime.StopPodSandboxAsync(sandbox.Id, limit.Token);
            await Runtime.RemovePodSandboxAsync(sandbox.Id, limit.Token);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            var status = await Runtime.StatusAsync(cancel);
            return status.Status.Conditions.All(condition => condition.Status);
        }
        catch (RuntimeException)
        {
            return false;
        }
    }
}
