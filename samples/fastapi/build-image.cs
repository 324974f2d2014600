#!/usr/bin/env dotnet
// Builds the sample's image from Debian packages, without a registry and without Docker:
//   ./build-image.cs my-fastapi-app:latest image.tar
// Layers: base (shell and tools), python, web (FastAPI and Uvicorn), compiled modules, app. A later build that changes
// only app/ changes only the last layer, and `netes load image-archive` then sends only that.
using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

if (args is not [var imageName, var output])
{
    Console.Error.WriteLine("usage: build-image.cs NAME FILE");
    return 2;
}

var sample = Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string)!;
var work = Path.GetFullPath(output) + ".work";
if (Directory.Exists(work))
{
    Directory.Delete(work, recursive: true);
}

var layers = new[]
{
    Packages("base", "dash", "coreutils", "libc-bin"),
    Packages("python", "python3"),
    Packages("web", "python3-fastapi", "uvicorn"),
    Compiled(),
    Tar("app", [(Path.Combine(sample, "app"), "app")]),
};
WriteArchive(imageName, output, layers);
Directory.Delete(work, recursive: true);
Console.WriteLine($"{imageName} written to {output}");
return 0;

// What a set of packages needs beyond the sets before it: apt's own plan for an empty machine.
string Packages(string layer, params string[] names)
{
    var debs = Path.Combine(work, "debs");
    var root = Path.Combine(work, "roots", layer);
    Directory.CreateDirectory(Path.Combine(debs, "partial"));
    Directory.CreateDirectory(root);
    var status = Path.Combine(work, "status");
    File.WriteAllText(status, "");
    var before = Directory.GetFiles(debs, "*.deb");
    Run("apt-get", ["-qq", "-y", "-o", $"Dir::State::status={status}", "-o", $"Dir::Cache::archives={debs}",
        "-o", "APT::Sandbox::User=root", "-o", "Debug::NoLocking=1",
        "install", "--download-only", "--no-install-recommends", .. names]);
    foreach (var deb in Directory.GetFiles(debs, "*.deb").Except(before).Order())
    {
        Run("dpkg-deb", "--extract", deb, root);
    }

    foreach (var useless in new[] { "doc", "man", "locale", "info", "lintian", "bug" })
    {
        var folder = Path.Combine(root, "usr/share", useless);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    var shell = Path.Combine(root, "bin/sh");
    if (layer == "base" && !Path.Exists(shell))
    {
        File.CreateSymbolicLink(shell, "dash");
    }

    return Tar(layer, [(root, "")]);
}

// Python's compiled modules, so that a pod does not compile them at each start.
string Compiled()
{
    var all = Path.Combine(work, "roots", "all");
    var compiled = Path.Combine(work, "roots", "compiled");
    Directory.CreateDirectory(all);
    foreach (var layer in new[] { "base", "python", "web" })
    {
        Run("cp", "--archive", Path.Combine(work, "roots", layer) + "/.", all);
    }

    Run("chroot", all, "/usr/bin/python3", "-m", "compileall", "-q", "/usr/lib/python3", "/usr/lib/python3.11");
    foreach (var cache in Directory.EnumerateDirectories(all, "__pycache__", SearchOption.AllDirectories).Order())
    {
        var to = Path.Combine(compiled, Path.GetRelativePath(all, cache));
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(cache, to);
    }

    return Tar("compiled", [(compiled, "")]);
}

// Always in the same order and with root as owner, so that the same content gives the same layer.
string Tar(string layer, (string Folder, string Name)[] trees)
{
    Directory.CreateDirectory(work);
    var file = Path.Combine(work, layer + ".tar");
    using var tar = new TarWriter(File.Create(file), TarEntryFormat.Gnu);
    foreach (var (folder, name) in trees)
    {
        Add(tar, new DirectoryInfo(folder), name);
    }

    return file;
}

void Add(TarWriter tar, FileSystemInfo item, string name)
{
    var isFolder = item is DirectoryInfo && item.LinkTarget is null;
    if (name.Length > 0)
    {
        var kind = item.LinkTarget is not null ? TarEntryType.SymbolicLink
            : isFolder ? TarEntryType.Directory : TarEntryType.RegularFile;
        var entry = new GnuTarEntry(kind, isFolder ? name + "/" : name)
        {
            Mode = kind == TarEntryType.SymbolicLink ? (UnixFileMode)0b111_111_111 : item.UnixFileMode,
            ModificationTime = isFolder || name.EndsWith(".pyc", StringComparison.Ordinal)
                ? DateTimeOffset.UnixEpoch
                : DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(item.LastWriteTimeUtc).ToUnixTimeSeconds()),
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
        };
        if (kind == TarEntryType.SymbolicLink)
        {
            entry.LinkName = item.LinkTarget!;
        }

        using var content = kind == TarEntryType.RegularFile ? File.OpenRead(item.FullName) : null;
        if (content is not null)
        {
            entry.DataStream = content;
        }

        tar.WriteEntry(entry);
    }

    if (isFolder)
    {
        foreach (var inner in ((DirectoryInfo)item).EnumerateFileSystemInfos()
            .OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            Add(tar, inner, name.Length == 0 ? inner.Name : $"{name}/{inner.Name}");
        }
    }
}

// The form of "docker save".
void WriteArchive(string name, string file, string[] layerFiles)
{
    var digests = layerFiles.Select(layer =>
    {
        using var content = File.OpenRead(layer);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }).ToArray();
    var config = new JsonObject
    {
        ["architecture"] = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64",
        ["os"] = "linux",
        ["created"] = "1970-01-01T00:00:00Z",
        ["config"] = new JsonObject
        {
            ["Env"] = new JsonArray(
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONUNBUFFERED=1",
                "LANG=C.UTF-8"),
            ["WorkingDir"] = "/app",
            ["Cmd"] = new JsonArray("uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"),
            ["ExposedPorts"] = new JsonObject { ["8000/tcp"] = new JsonObject() },
        },
        ["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = new JsonArray([.. digests.Select(digest => JsonValue.Create("sha256:" + digest))]),
        },
    };
    var manifest = new JsonArray(new JsonObject
    {
        ["Config"] = "config.json",
        ["RepoTags"] = new JsonArray(name),
        ["Layers"] = new JsonArray([.. digests.Select(digest => JsonValue.Create(digest + "/layer.tar"))]),
    });
    using var tar = new TarWriter(File.Create(file + ".new"), TarEntryFormat.Gnu);
    AddText(tar, "config.json", config);
    foreach (var (digest, layer) in digests.Zip(layerFiles))
    {
        using var content = File.OpenRead(layer);
        tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, digest + "/layer.tar") { DataStream = content });
    }

    AddText(tar, "manifest.json", manifest);
    tar.Dispose();
    File.Move(file + ".new", file, overwrite: true);
}

void AddText(TarWriter tar, string name, JsonNode content) =>
    tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content.ToJsonString())),
    });

void Run(string file, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
    process.OutputDataReceived += (_, _) => { };
    process.BeginOutputReadLine();
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException(
            $"{file} {string.Join(' ', arguments)} failed with exit code {process.ExitCode}");
    }
}
