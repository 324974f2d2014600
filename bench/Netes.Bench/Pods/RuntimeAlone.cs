using System.Globalization;
using Netes.NodeTests.Machines;
using Netes.Nodes.Cri;

namespace Netes.Bench.Pods;

/// <summary>The same sandbox and container, asked of the runtime by nothing but three calls.</summary>
internal static class RuntimeAlone
{
    /// <summary>Starts a pod; the answer removes it.</summary>
    public static async Task<Func<Task>> StartPodAsync(PrivateContainerd machine, int number)
    {
        var name = "alone-" + number.ToString(CultureInfo.InvariantCulture);
        var (none, runtime) = (CancellationToken.None, machine.Runtime);
        var logs = $"{machine.Folder}/alone/{name}";
        Directory.CreateDirectory(logs);
        var pod = new PodSandboxConfig
        {
            Metadata = new() { Name = name, Namespace = "default", Uid = name },
            Hostname = name,
            LogDirectory = logs,
            Linux = new() { CgroupParent = $"{machine.CgroupRoot}/{name}", SecurityContext = new() },
        };
        var container = new ContainerConfig
        {
            Metadata = new() { Name = "c" },
            Image = new() { Image = TestImages.Busybox },
            LogPath = "c.log",
            Linux = new() { SecurityContext = new() },
        };
        container.Command.AddRange(["sleep", "1000"]);
        var sandbox = await runtime.RunPodSandboxAsync(pod, "", none);
        var id = await runtime.CreateContainerAsync(sandbox, container, pod, none);
        await runtime.StartContainerAsync(id, none);
        return async () =>
        {
            await runtime.StopContainerAsync(id, TimeSpan.Zero, none);
            await runtime.StopPodSandboxAsync(sandbox, none);
            await runtime.RemovePodSandboxAsync(sandbox, none);
        };
    }
}
