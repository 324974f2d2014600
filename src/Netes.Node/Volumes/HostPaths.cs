using Netes.Api.Core;
using Netes.Nodes.Environments;

namespace Netes.Nodes.Volumes;

/// <summary>What a hostPath volume demands of its path. Source: pkg/volume/hostpath/host_path.go.</summary>
internal static class HostPaths
{
    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;
    private const UnixFileMode FileMode = (UnixFileMode)0b110_100_100;

    /// <exception cref="ConfigException">The path is not what its type says.</exception>
    public static void Check(HostPathVolumeSource source)
    {
        var path = source.Path;
        switch (source.Type)
        {
            case HostPathType.DirectoryOrCreate:
                if (!Path.Exists(path))
                {
                    Directory.CreateDirectory(path, FolderMode);
                }

                Require(Directory.Exists(path), path, "a directory");
                break;
            case HostPathType.FileOrCreate:
                if (!Path.Exists(path))
                {
                    File.WriteAllBytes(path, []);
                    File.SetUnixFileMode(path, FileMode);
                }

                Require(IsRegular(path), path, "a file");
                break;
            case HostPathType.Directory:
                Require(Directory.Exists(path), path, "a directory");
                break;
            case HostPathType.File:
                Require(IsRegular(path), path, "a file");
                break;
            case HostPathType.Socket:
                Require(KindOf(path) == FileKind.Socket, path, "a socket file");
                break;
            case HostPathType.CharDevice:
                Require(KindOf(path) == FileKind.CharacterDevice, path, "a character device");
                break;
            case HostPathType.BlockDevice:
                Require(KindOf(path) == FileKind.BlockDevice, path, "a block device");
                break;
        }
    }

    private static void Require(bool holds, string path, string what)
    {
        if (!holds)
        {
            throw new ConfigException($"hostPath type check failed: {path} is not {what}");
        }
    }

    private static bool IsRegular(string path) => KindOf(path) == FileKind.Regular;

    private static FileKind KindOf(string path) => File.Exists(path) ? FileKinds.Of(path) : FileKind.None;
}
