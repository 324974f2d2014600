using Netes.Api.Core;

namespace Netes.Nodes.Logs;

/// <summary>
/// The links that log shippers follow: /var/log/containers/{pod}_{namespace}_{container}-{id}.log.
/// Source: pkg/kubelet/kuberuntime/legacy.go.
/// </summary>
internal static class LogLinks
{
    private const int NameLimit = 251;

    public static void Make(NodeAgentOptions options, Pod pod, string container, string containerId, string logPath)
    {
        var folder = options.LogDirectory + "/containers";
        Directory.CreateDirectory(folder);
        var metadata = pod.Metadata;
        var target = $"{options.PodLogDirectory(metadata.Namespace, metadata.Name, metadata.Uid)}/{logPath}";
        var name = $"{metadata.Name}_{metadata.Namespace}_{container}-{containerId}";
        var link = $"{folder}/{(name.Length > NameLimit ? name[..NameLimit] : name)}.log";
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    /// <summary>Removes the links whose log is gone.</summary>
    public static void RemoveDead(NodeAgentOptions options)
    {
        var folder = new DirectoryInfo(options.LogDirectory + "/containers");
        if (!folder.Exists)
        {
            return;
        }

        foreach (var link in folder.EnumerateFiles("*.log"))
        {
            if (link.LinkTarget is { } target && !File.Exists(target))
            {
                link.Delete();
            }
        }
    }
}
