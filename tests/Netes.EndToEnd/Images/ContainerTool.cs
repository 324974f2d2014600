using System.Diagnostics;
using Netes.EndToEnd.Tools;

namespace Netes.EndToEnd.Images;

/// <summary>
/// A real podman, buildah or docker with an image store of its own, which vanishes with the test. docker is spoken to
/// through podman's service, which has Docker's API: no daemon of the machine is needed or asked.
/// </summary>
internal sealed class ContainerTool : IAsyncDisposable
{
    private readonly string _program;
    private readonly string _folder;
    private readonly Process? _service;

    private ContainerTool(string program, string folder)
    {
        (_program, _folder) = (program, folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "storage.conf"), $"""
            [storage]
            driver = "vfs"
            graphroot = "{folder}/graph"
            runroot = "{folder}/run"
            """);
        Directory.CreateDirectory(Path.Combine(folder, "config"));
        File.WriteAllText(Path.Combine(folder, "config/config.json"), "{}");
        var only = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        foreach (var each in (string[])["docker", "podman", "buildah"])
        {
            // The other two are there and know nothing, as on a machine where they are not used.
            File.CreateSymbolicLink(Path.Combine(only, each), each == program ? Find(program)! : "/bin/false");
        }

        Environment = new Dictionary<string, string>
        {
            ["CONTAINERS_STORAGE_CONF"] = Path.Combine(folder, "storage.conf"),
            ["DOCKER_HOST"] = $"unix://{folder}/docker.sock",
            ["DOCKER_BUILDKIT"] = "0",
            ["DOCKER_CONFIG"] = Path.Combine(folder, "config"),
            ["PATH"] = $"{only}:{System.Environment.GetEnvironmentVariable("PATH")}",
        };
        if (program == "docker")
        {
            _service = Command.Start(
                Find("podman")!, ["system", "service", "--time=0", $"unix://{folder}/docker.sock"], Environment);
        }
    }

    /// <summary>What makes programs find this tool, and nothing but this tool, with its store.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public static string? Find(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static async Task<ContainerTool> StartAsync(string program, string folder)
    {
        var tool = new ContainerTool(program, folder);
        await Eventually.Async(
            $"{program} answers", () => tool.RunAsync(program == "buildah" ? "images" : "info"), result =>
                result.ExitCode == 0);
        return tool;
    }

    public Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RunAsync(Find(_program)!, arguments, Environment);

    /// <summary>Builds an image without a base: a layer with a shell, and one with the app.</summary>
    public async Task BuildAsync(string name, string app)
    {
        var context = Directory.CreateDirectory(Path.Combine(_folder, "context")).FullName;
        Directory.CreateDirectory(Path.Combine(context, "base/bin"));
        if (!File.Exists(Path.Combine(context, "base/bin/sh")))
        {
            File.Copy("/bin/busybox", Path.Combine(context, "base/bin/sh"));
        }

        Directory.CreateDirectory(Path.Combine(context, "app"));
        await File.WriteAllTextAsync(Path.Combine(context, "app/says"), app);
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), """
            FROM scratch
            COPY base /
            COPY app /app
            WORKDIR /app
            CMD ["/bin/sh", "-c", "read -r says < says; echo $says; exec sleep 100000"]
            """);
        string[] verb = _program == "buildah" ? ["build", "--layers", "--format", "docker"] : ["build"];
        (await RunAsync([.. verb, "-t", name, context])).MustSucceed();
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            _service.Kill();
            await _service.WaitForExitAsync();
            _service.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
