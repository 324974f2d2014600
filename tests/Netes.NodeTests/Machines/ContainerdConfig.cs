using Netes.Nodes.Images;

namespace Netes.NodeTests.Machines;

/// <summary>What a test's containerd is told.</summary>
internal static class ContainerdConfig
{
    /// <summary>
    /// The traps: nobody here may lower an oom_score_adj (restrict_oom_score_adj), cgroups are cgroupfs's, runc's state
    /// is the test's own, and snapshotters that would complain are off.
    /// </summary>
    public static string Toml(string folder) => $"""
        version = 2
        root = "{folder}/root"
        state = "{folder}/state"
        disabled_plugins = [
          "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
          "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
          "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp",
        ]
        [grpc]
          address = "{folder}/containerd.sock"
        [ttrpc]
          address = "{folder}/containerd.sock.ttrpc"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "{SandboxImage.Name}"
          restrict_oom_score_adj = true
          tolerate_missing_hugetlb_controller = true
          enable_cdi = true
          cdi_spec_dirs = ["{folder}/cdi"]
          disable_apparmor = true
          netns_mounts_under_state_dir = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "/usr/lib/cni"
            conf_dir = "{folder}/cni"
          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "overlayfs"
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"
              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                SystemdCgroup = false
                Root = "{folder}/runc"
        """;

    public static string Cni(string folder) => $$"""
        {
          "cniVersion": "0.4.0", "name": "netes",
          "plugins": [
            {
              "type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
              "ipam": {
                "type": "host-local", "dataDir": "{{folder}}/ipam",
                "ranges": [[{ "subnet": "10.199.0.0/24" }]], "routes": [{ "dst": "0.0.0.0/0" }]
              }
            },
            { "type": "portmap", "capabilities": { "portMappings": true } }
          ]
        }
        """;
}
