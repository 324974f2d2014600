using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Netes.Cli.Machine;
using Netes.Nodes.Images;

namespace Netes.Cli.Commands;

/// <summary>
/// Makes the container runtime of a real machine ready: the image of pods' sandboxes is put there under the name that
/// its configuration states, so that a machine without a registry starts pods, too.
/// </summary>
internal static partial class HostRuntime
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the runtime as long as it takes; a runtime that refuses the image is only told of.</summary>
    public static async Task PrepareAsync(
        string socket, TimeProvider time, ILogger logger, CancellationToken cancel)
    {
        string[] ctr = ["--address", socket, "--namespace", "k8s.io"];
        ToolResult images;
        while ((images = await Tool.TryAsync("ctr", [.. ctr, "images", "ls", "-q"], cancel)).ExitCode != 0)
        {
            Waiting(logger, socket, images.Error.Trim());
            await Task.Delay(Look, time, cancel);
        }

        var config = await Tool.TryAsync("containerd", ["config", "dump"], cancel);
        var name = ParseSandboxImage(config.Output) ?? SandboxImage.Name;
        if (images.Output.Split('\n').Contains(name))
        {
            return;
        }

        var imported = await Tool.StreamAsync("ctr", [.. ctr, "images", "import", "-"],
            async (to, stop) => await to.WriteAsync(SandboxImage.Archive(), stop), cancel);
        var tagged = imported.ExitCode != 0 || name == SandboxImage.Name
            ? imported
            : await Tool.TryAsync("ctr", [.. ctr, "images", "tag", SandboxImage.Name, name], cancel);
        if (tagged.ExitCode == 0)
        {
            Imported(logger, name);
        }
        else
        {
            Refused(logger, name, tagged.Error.Trim());
        }
    }

    /// <summary>
    /// The name in "containerd config dump": <c>sandbox_image</c> up to 1.7, <c>sandbox</c> of pinned images in 2.x.
    /// </summary>
    public static string? ParseSandboxImage(string config) =>
        SandboxLine().Match(config) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex("""^\s*sandbox(_image)?\s*=\s*["'](?<name>[^"']+)["']""", RegexOptions.Multiline)]
    private static partial Regex SandboxLine();

    [LoggerMessage(LogLevel.Warning, "The container runtime at {Socket} does not answer yet: {Reason}")]
    private static partial void Waiting(ILogger logger, string socket, string reason);

    [LoggerMessage(LogLevel.Information, "The sandbox image is there as {Name}")]
    private static partial void Imported(ILogger logger, string name);

    [LoggerMessage(LogLevel.Warning, "The sandbox image could not be made available as {Name}: {Reason}")]
    private static partial void Refused(ILogger logger, string name, string reason);
}
