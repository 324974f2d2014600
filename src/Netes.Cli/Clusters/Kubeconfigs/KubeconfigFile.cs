using System.Text.Json.Nodes;
using Netes.Cli.Machine;
using Netes.Cli.Yaml;

namespace Netes.Cli.Clusters.Kubeconfigs;

/// <summary>
/// A user's kubeconfig: which file, and changes that keep whatever else is in it. Source: sigs.k8s.io/kind,
/// pkg/cluster/internal/kubeconfig; client-go's loading rules.
/// </summary>
internal static class KubeconfigFile
{
    /// <summary>The files in question: the flag's alone, else $KUBECONFIG's, else ~/.kube/config.</summary>
    public static IReadOnlyList<string> Candidates(string? explicitPath, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(explicitPath))
        {
            return [explicitPath];
        }

        var variable = environment("KUBECONFIG") ?? "";
        var listed = variable.Split(':', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return listed.Count > 0 ? listed : [Path.Combine(environment("HOME") ?? "/root", ".kube", "config")];
    }

    /// <summary>Where a new context goes: the first file that exists, otherwise the last.</summary>
    public static string ForMerge(IReadOnlyList<string> candidates) =>
        candidates.FirstOrDefault(File.Exists) ?? candidates[^1];

    /// <summary>Adds a cluster's context to a file and makes it current.</summary>
    public static void Merge(string file, KubeconfigEntry entry) =>
        Change(file, root =>
        {
            entry.AddTo(root);
            return true;
        });

    /// <summary>Removes a cluster's context; a file that has none of it is not touched.</summary>
    public static void Remove(string file, string context)
    {
        if (File.Exists(file))
        {
            Change(file, root => KubeconfigEntry.RemoveFrom(root, context));
        }
    }

    private static void Change(string file, Func<JsonObject, bool> change)
    {
        var link = File.Exists(file) ? new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) : null;
        var path = link?.FullName ?? Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lockFile = TakeLock(path + ".lock");
        try
        {
            var root = Read(path);
            if (change(root))
            {
                Write(path, root);
            }
        }
        finally
        {
            File.Delete(lockFile);
        }
    }

    private static JsonObject Read(string path)
    {
        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : "";
            return YamlReader.Read(text) switch
            {
                null => new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Config" },
                JsonObject root => root,
                _ => throw new YamlProblem("a mapping is expected"),
            };
        }
        catch (YamlProblem problem)
        {
            throw new ToolException($"{path} is not a kubeconfig: {problem.Message}");
        }
    }

    // Written beside and renamed: a crash, or a kubectl that reads just now, sees the old file or the new one.
    private static void Write(string path, JsonObject root)
    {
        var temporary = path + ".netes-new";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(YamlWriter.Write(root));
        }

        File.Move(temporary, path, overwrite: true);
    }

    // The lock that kubectl takes: a file that must not exist yet.
    private static string TakeLock(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew);
            return path;
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new ToolException($"{path} exists: another program changes the kubeconfig. If none does, remove it.");
        }
    }
}
