using Netes.Cli.Clusters.Cgroups;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Nodes;

/// <summary>
/// The file system of a node, made in a mount namespace that is the node's alone: programs (/usr) are the host's; /etc
/// is the host's under a layer that forgets; /var, /root, /mnt and all else is a folder of the node; /proc, /sys and
/// the cgroups show the node only. When the node's last process ends, the kernel drops every mount by itself.
/// </summary>
internal static class NodeRoot
{
    private const string Slash = "/";

    /// <summary>
    /// Builds it below <paramref name="root"/> and makes it "/". Nothing of the host can be reached after that.
    /// </summary>
    public static void Enter(ClusterState state, NodeState node, ClusterPaths paths)
    {
        var root = paths.Root(state.Name, node.Name);
        Directory.CreateDirectory(root);
        Syscalls.Mount(root, root, null, Syscalls.MountBind);
        MountPrograms(root);
        MountRun(root, state, node, paths);
        MountEtc(root);
        MountKernel(root);
        MountCgroups(root + "/sys/fs/cgroup", CgroupHierarchy.Detect());
        foreach (var folder in (string[])["tmp", "root", "mnt", "opt", "srv", "home", "var/log", "var/lib", "var/tmp"])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (var mount in node.Mounts)
        {
            MountExtra(root, mount);
        }

        var old = root + "/run/old";
        Directory.CreateDirectory(old);
        Syscalls.PivotRoot(root, old);
        Directory.SetCurrentDirectory(Slash);
        Syscalls.Unmount("/run/old", Syscalls.UnmountDetach);
        // As on a machine under systemd: volumes with mount propagation need a shared root.
        Syscalls.Mount("none", Slash, null, Syscalls.MountShared | Syscalls.MountRecursive);
    }

    private static void MountPrograms(string root)
    {
        foreach (var name in (string[])["usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"])
        {
            var source = new DirectoryInfo(Slash + name);
            var target = Path.Combine(root, name);
            if (source.LinkTarget is { } link)
            {
                if (!Path.Exists(target))
                {
                    File.CreateSymbolicLink(target, link);
                }
            }
            else if (source.Exists)
            {
                BindFolder(source.FullName, target);
            }
        }
    }

    private static void MountRun(string root, ClusterState state, NodeState node, ClusterPaths paths)
    {
        var run = Path.Combine(root, "run");
        Directory.CreateDirectory(run);
        Syscalls.Mount("tmpfs", run, "tmpfs", 0, "mode=755");
        if (!Path.Exists(root + "/var"))
        {
            Directory.CreateDirectory(root + "/var");
            File.CreateSymbolicLink(root + "/var/run", "/run");
        }

        BindFolder(state.Program.Folder, root + ClusterPaths.ProgramInNode);
        BindFolder(paths.Share(state.Name, node.Name), root + ClusterPaths.ShareInNode);
        if (state.Program.RuntimeFolder is { } runtime)
        {
            BindFolder(runtime, root + NodeProgram.RuntimeInNode);
        }
    }

    private static void MountEtc(string root)
    {
        var etc = Path.Combine(root, "etc");
        var upper = root + "/run/etc/upper";
        var work = root + "/run/etc/work";
        foreach (var folder in (string[])[etc, upper, work])
        {
            Directory.CreateDirectory(folder);
        }

        Syscalls.Mount("overlay", etc, "overlay", 0, $"lowerdir=/etc,upperdir={upper},workdir={work}");
    }

    private static void MountKernel(string root)
    {
        foreach (var name in (string[])["proc", "sys", "dev"])
        {
            Directory.CreateDirectory(Path.Combine(root, name));
        }

        Syscalls.Mount("proc", root + "/proc", "proc", 0);
        Syscalls.Mount("sysfs", root + "/sys", "sysfs", 0);
        Syscalls.Mount("/dev", root + "/dev", null, Syscalls.MountBind | Syscalls.MountRecursive);
        Syscalls.Mount("tmpfs", root + "/dev/shm", "tmpfs", 0, "mode=1777");
    }

    // The process is in a cgroup namespace whose root is the node's own cgroup: fresh mounts show just that.
    private static void MountCgroups(string target, IReadOnlyList<CgroupHierarchy> hierarchies)
    {
        if (CgroupHierarchy.IsPureUnified(hierarchies))
        {
            Syscalls.Mount("cgroup2", target, "cgroup2", 0);
            // Version 2 wants processes in leaves only, before it hands controllers down.
            Directory.CreateDirectory(target + "/init");
            File.WriteAllText(target + "/init/cgroup.procs", "0");
            CgroupTree.EnableControllers(target);
            return;
        }

        Syscalls.Mount("tmpfs", target, "tmpfs", 0, "mode=755");
        foreach (var hierarchy in hierarchies)
        {
            var folder = Path.Combine(target, Path.GetFileName(hierarchy.MountPoint));
            Directory.CreateDirectory(folder);
            if (hierarchy.IsUnified)
            {
                Syscalls.Mount("cgroup2", folder, "cgroup2", 0);
                continue;
            }

            var named = hierarchy.Controllers.Any(c => c.StartsWith("name=", StringComparison.Ordinal)) ? "none," : "";
            Syscalls.Mount("cgroup", folder, "cgroup", 0, named + string.Join(',', hierarchy.Controllers));
            foreach (var alias in hierarchy.Controllers.Where(c => hierarchy.Controllers.Count > 1))
            {
                File.CreateSymbolicLink(Path.Combine(target, alias), Path.GetFileName(folder));
            }
        }
    }

    private static void MountExtra(string root, ExtraMount mount)
    {
        var target = root + Path.GetFullPath(mount.ContainerPath, Slash);
        if (Directory.Exists(mount.HostPath))
        {
            BindFolder(mount.HostPath, target);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Open(target, FileMode.OpenOrCreate).Dispose();
            Syscalls.Mount(mount.HostPath, target, null, Syscalls.MountBind);
        }

        if (mount.ReadOnly)
        {
            Syscalls.Mount("none", target, null,
                Syscalls.MountBind | Syscalls.MountRemount | Syscalls.MountReadOnly);
        }
    }

    private static void BindFolder(string source, string target)
    {
        Directory.CreateDirectory(target);
        Syscalls.Mount(source, target, null, Syscalls.MountBind | Syscalls.MountRecursive);
    }
}
