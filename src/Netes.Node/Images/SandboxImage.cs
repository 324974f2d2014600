using System.Runtime.InteropServices;

namespace Netes.Nodes.Images;

/// <summary>The image of pods' sandboxes: carried in the program, so that a new cluster pulls nothing.</summary>
public static class SandboxImage
{
    /// <summary>What containerd's <c>sandbox_image</c> has to name.</summary>
    public const string Name = "registry.netes.local/pause:1";

    /// <summary>The image as an archive that <c>ctr images import</c> reads.</summary>
    public static byte[] Archive()
    {
        var architecture = RuntimeInformation.ProcessArchitecture;
        return new ImageArchive
        {
            Name = Name,
            Architecture = architecture == Architecture.Arm64 ? "arm64" : "amd64",
            Files = [new() { Path = "pause", Content = PauseProgram.Build(architecture) }],
            Entrypoint = ["/pause"],
        }.ToArray();
    }
}
