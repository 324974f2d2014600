using System.Diagnostics;
using Netes.Cli.Machine;

namespace Netes.Cli.Clusters.Images;

/// <summary>Images that docker, podman or buildah of this machine holds.</summary>
internal sealed class LocalImages
{
    private readonly string program;

    private LocalImages(string program) => this.program = program;

    /// <summary>The first of the three that knows the image; in kind's words when none does.</summary>
    public static async Task<LocalImages> FindAsync(string image, CancellationToken cancel)
    {
        var programs = ((string[])["docker", "podman", "buildah"]).Where(name => Tool.Find(name) is not null).ToList();
        if (programs.Count == 0)
        {
            throw new ToolException("none of docker, podman and buildah is on this machine; use load image-archive");
        }

        foreach (var name in programs)
        {
            if ((await Tool.TryAsync(name, Inspect(name, image), cancel)).ExitCode == 0)
            {
                return new LocalImages(name);
            }
        }

        throw new ToolException($"image: \"{image}\" not present locally");
    }

    /// <summary>Saves an image as an archive; the names in it are the program's, not the user's.</summary>
    public async Task<ArchiveFile> SaveAsync(string image, string scratchFolder, CancellationToken cancel)
    {
        if (program != "buildah")
        {
            return await ArchiveFile.SpoolAsync(
                (to, stop) => StreamAsync(program, ["save", image], to, stop), scratchFolder, cancel);
        }

        // buildah writes to a file only.
        Directory.CreateDirectory(scratchFolder);
        var file = Path.Combine(scratchFolder, Path.GetRandomFileName());
        try
        {
            await Tool.RunAsync("buildah", ["push", "--quiet", image, $"oci-archive:{file}"], cancel);
            return await ArchiveFile.OpenAsync(file, scratchFolder, cancel);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Inspect(string program, string image) =>
        program == "buildah" ? ["inspect", "--type", "image", image] : ["image", "inspect", image];

    private static async Task StreamAsync(string file, string[] arguments, Stream to, CancellationToken cancel)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Tool.Find(file) ?? file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardOutput.BaseStream.CopyToAsync(to, cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            throw new ToolException($"{file} {string.Join(' ', arguments)}: {(await errors).Trim()}");
        }
    }
}
