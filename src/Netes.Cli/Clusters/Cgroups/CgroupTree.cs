using System.Globalization;

namespace Netes.Cli.Clusters.Cgroups;

/// <summary>
/// One cgroup by its path ("/netes/demo/demo-worker"), in every hierarchy of the machine at once. All that a cluster
/// runs is below its own cgroup, which is how its processes are found: never by their names.
/// </summary>
internal sealed class CgroupTree(IReadOnlyList<CgroupHierarchy> hierarchies, string path)
{
    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true };

    private IEnumerable<string> Folders => hierarchies.Select(h => h.MountPoint + path);

    public bool Exists => Folders.Any(Directory.Exists);

    /// <summary>Makes the cgroup and its parents; making it again changes nothing.</summary>
    public void Create()
    {
        var pure = CgroupHierarchy.IsPureUnified(hierarchies);
        foreach (var hierarchy in hierarchies)
        {
            var folder = hierarchy.MountPoint;
            foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (pure)
                {
                    EnableControllers(folder);
                }

                var parent = folder;
                folder = Path.Combine(folder, part);
                Directory.CreateDirectory(folder);
                if (hierarchy.Controllers.Contains("cpuset"))
                {
                    InheritCpuset(parent, folder);
                }
            }
        }
    }

    /// <summary>Moves a process, with all its threads, into the cgroup.</summary>
    public void Join(int pid)
    {
        foreach (var folder in Folders)
        {
            File.WriteAllText(Path.Combine(folder, "cgroup.procs"), pid.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The processes in the cgroup and all below it.</summary>
    public IReadOnlySet<int> Processes()
    {
        var pids = new HashSet<int>();
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            foreach (var inner in Directory.EnumerateDirectories(folder, "*", Deep).Prepend(folder))
            {
                pids.UnionWith(ReadProcesses(inner));
            }
        }

        return pids;
    }

    /// <summary>
    /// Removes the cgroup and all below it, deepest first; false while the kernel still holds one (a process that
    /// is just ending), for the caller to try again.
    /// </summary>
    public bool TryRemove()
    {
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            var inner = Directory.EnumerateDirectories(folder, "*", Deep).OrderByDescending(f => f.Length);
            foreach (var each in inner.Append(folder))
            {
                TryRemoveFolder(each);
            }
        }

        return !Exists;
    }

    /// <summary>Removes the cgroup in each hierarchy where nothing is below it.</summary>
    public void TryRemoveEmpty()
    {
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            TryRemoveFolder(folder);
        }
    }

    /// <summary>
    /// Hands every controller of a version 2 cgroup down to its children; one that cannot be is left out.
    /// </summary>
    public static void EnableControllers(string folder)
    {
        foreach (var controller in File.ReadAllText(Path.Combine(folder, "cgroup.controllers"))
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+" + controller);
            }
            catch (IOException error)
            {
                // EBUSY: processes sit in it; the limits of that controller then do not work, which doctor tells.
                Console.Error.WriteLine(
                    $"cgroup controller {controller} is not available in {folder}: {error.Message}");
            }
        }
    }

    // A new version 1 cpuset is empty and takes no process until it has processors and memory nodes.
    private static void InheritCpuset(string parent, string folder)
    {
        foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
        {
            if (File.ReadAllText(Path.Combine(folder, file)).Trim().Length == 0)
            {
                File.WriteAllText(Path.Combine(folder, file), File.ReadAllText(Path.Combine(parent, file)).Trim());
            }
        }
    }

    private static IEnumerable<int> ReadProcesses(string folder)
    {
        try
        {
            return [.. File.ReadAllLines(Path.Combine(folder, "cgroup.procs"))
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // The folder went away between listing and reading: its processes have ended.
            return [];
        }
    }

    private static void TryRemoveFolder(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // EBUSY: a process is still ending; TryRemove reports it by its result.
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else removed it, which is what was wanted.
        }
    }
}
