using System.Text;
using Netes.Nodes.Images;

namespace Netes.Cli.Clusters.Containerd;

/// <summary>
/// What a containerd configuration depends on. Version 2 of the file is read by containerd 1.6, 1.7 and 2.x.
/// </summary>
/// <param name="MayRaisePriority">The machine grants CAP_SYS_RESOURCE; without it no oom_score_adj may be
/// lowered.</param>
/// <param name="Snapshotter">"overlayfs", or "native" where overlays do not work.</param>
internal sealed record ContainerdSettings(bool MayRaisePriority, string Snapshotter);

/// <summary>Writes the configuration of a node's containerd.</summary>
internal static class ContainerdConfig
{
    public const string FileInNode = "/etc/containerd/config.toml";
    private const int SysResource = 24;

    public static ContainerdSettings Detect() =>
        new(HasCapability(File.ReadLines("/proc/self/status"), SysResource),
            File.ReadLines("/proc/filesystems").Any(line => line.Trim().EndsWith("\toverlay", StringComparison.Ordinal))
                ? "overlayfs"
                : "native");

    public static string Write(ContainerdSettings settings)
    {
        var text = new StringBuilder();
        text.AppendLine("version = 2");
        text.AppendLine("root = \"/var/lib/containerd\"");
        text.AppendLine("state = \"/run/containerd\"");
        text.AppendLine("disabled_plugins = [");
        foreach (var plugin in (string[])["aufs", "btrfs", "devmapper", "zfs", "blockfile", "erofs"])
        {
            text.AppendLine($"  \"io.containerd.snapshotter.v1.{plugin}\",");
        }

        text.AppendLine("  \"io.containerd.internal.v1.tracing\",");
        text.AppendLine("  \"io.containerd.tracing.processor.v1.otlp\",");
        text.AppendLine("]");
        text.AppendLine("[grpc]");
        text.AppendLine("  address = \"/run/containerd/containerd.sock\"");
        text.AppendLine("[plugins.\"io.containerd.grpc.v1.cri\"]");
        text.AppendLine($"  sandbox_image = \"{SandboxImage.Name}\"");
        text.AppendLine($"  restrict_oom_score_adj = {(settings.MayRaisePriority ? "false" : "true")}");
        text.AppendLine("  stream_server_address = \"127.0.0.1\"");
        text.AppendLine("  stream_server_port = \"0\"");
        text.AppendLine("  tolerate_missing_hugetlb_controller = true");
        text.AppendLine("  enable_cdi = true"); // containerd 1.7 has it only when told so, 1.6 does not know it
        text.AppendLine("  [plugins.\"io.containerd.grpc.v1.cri\".cni]");
        text.AppendLine("    bin_dir = \"/usr/lib/cni\"");
        text.AppendLine("    conf_dir = \"/etc/cni/net.d\"");
        text.AppendLine("  [plugins.\"io.containerd.grpc.v1.cri\".containerd]");
        text.AppendLine($"    snapshotter = \"{settings.Snapshotter}\"");
        text.AppendLine("    default_runtime_name = \"runc\"");
        text.AppendLine("    [plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc]");
        text.AppendLine("      runtime_type = \"io.containerd.runc.v2\"");
        text.AppendLine("      [plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc.options]");
        text.AppendLine("        SystemdCgroup = false");
        return text.ToString();
    }

    /// <summary>Whether the effective set of a proc(5) status file holds a capability.</summary>
    public static bool HasCapability(IEnumerable<string> status, int number) =>
        status.FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal)) is { } line
        && (Convert.ToUInt64(line["CapEff:".Length..].Trim(), 16) >> number & 1) == 1;
}
