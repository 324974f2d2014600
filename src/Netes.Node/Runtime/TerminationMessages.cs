using System.Text;
using Netes.Api.Core;
using Netes.Nodes.Pods;

namespace Netes.Nodes.Runtime;

/// <summary>
/// What a container said at its end: the file at its termination message path, or its log's last lines.
/// Source: pkg/kubelet/kuberuntime/kuberuntime_container.go (getTerminationMessage).
/// </summary>
internal static class TerminationMessages
{
    private const int FileLimit = 4096;
    private const int LogLimit = 2048;
    private const int LogLines = 80;

    public static string Read(RuntimeContainer container, Cri.ContainerStatus status, string logPath)
    {
        var annotations = status.Annotations;
        annotations.TryGetValue(PodLabels.TerminationMessagePath, out var path);
        annotations.TryGetValue(PodLabels.TerminationMessagePolicy, out var policy);
        var file = status.Mounts.FirstOrDefault(mount => mount.ContainerPath == path)?.HostPath;
        var message = string.IsNullOrEmpty(file) ? "" : ReadStart(file);
        if (message.Length == 0 && policy == TerminationMessagePolicy.FallbackToLogsOnError && container.ExitCode != 0)
        {
            message = ReadLogEnd(logPath);
        }

        return message.Length > 0 ? message : container.Message;
    }

    private static string ReadStart(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[FileLimit];
            var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (IOException error)
        {
            return $"Error on reading termination log {path}: {error.Message}";
        }
    }

    private static string ReadLogEnd(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        var lines = File.ReadLines(path).TakeLast(LogLines).Select(ContentOf);
        var text = string.Concat(lines);
        return text.Length > LogLimit ? text[^LogLimit..] : text;
    }

    // A line is: time, stream, tag (F: whole, P: part of a line), content.
    private static string ContentOf(string line)
    {
        var parts = line.Split(' ', 4);
        return parts.Length < 4 ? "" : parts[2] == "P" ? parts[3] : parts[3] + "\n";
    }
}
