namespace Netes.Cli.Clusters.Nodes;

/// <summary>The program that nodes run: this one, as a native file or as the folder of a .NET application.</summary>
internal static class NodeProgram
{
    public const string RuntimeInNode = "/run/netes/dotnet";

    public static string InNode(ProgramFiles program) => Path.Combine(ClusterPaths.ProgramInNode, program.File);

    /// <summary>
    /// Where this program can be started from by nodes. A native program is copied into the cluster, so that a later
    /// build does not pull the ground away from under running nodes.
    /// </summary>
    public static ProgramFiles Install(string folder)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "netes.dll")))
        {
            Directory.CreateDirectory(folder);
            File.Copy(Environment.ProcessPath!, Path.Combine(folder, "netes"), overwrite: true);
            return new ProgramFiles(folder, "netes", null);
        }

        var runtime = Path.GetFullPath(Path.Combine(
            System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new ProgramFiles(AppContext.BaseDirectory, "netes", runtime);
    }

    /// <summary>A clean environment: nothing of the shell in which the cluster happened to be created.</summary>
    public static Dictionary<string, string> Clean() => new()
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["HOME"] = "/root",
        ["LANG"] = "C.UTF-8",
    };

    /// <summary>What the program itself starts with, in the node or on its way there.</summary>
    public static Dictionary<string, string> Environments(ProgramFiles program, string? runtime)
    {
        var all = Clean();
        all["DOTNET_EnableDiagnostics"] = "0";
        if (program.RuntimeFolder is not null && runtime is not null)
        {
            all["DOTNET_ROOT"] = runtime;
        }

        return all;
    }
}
