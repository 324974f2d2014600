using Netes.Nodes.Images;

namespace Netes.NodeTests.Machines;

/// <summary>Images made of what Debian has, for tests.</summary>
public static class TestImages
{
    public const string Busybox = "docker.io/library/busybox:test";

    private static readonly string[] Folders = ["bin", "etc", "tmp", "proc", "sys", "dev", "var", "root"];

    private static readonly string[] Applets =
    [
        "sh", "ls", "cat", "echo", "sleep", "true", "false", "env", "id", "mkdir", "rm", "cp", "mv", "touch", "stat",
        "ps", "kill", "httpd", "wget", "nc", "hostname", "date", "dd", "head", "tail", "grep", "mount", "df", "chmod",
        "readlink", "sync", "yes", "nslookup", "ip", "test", "printenv", "tee", "seq", "wc", "sort", "tar", "trap",
        "usleep", "nohup", "od", "find", "which", "whoami", "pwd", "sed", "awk", "cut", "vi", "top", "tty", "stty",
    ];

    /// <summary>busybox-static under the names of its applets.</summary>
    public static byte[] BusyboxArchive()
    {
        var files = new List<ImageFile>();
        files.AddRange(Folders.Select(folder => new ImageFile { Path = folder, IsDirectory = true }));
        files.Add(new() { Path = "bin/busybox", Content = File.ReadAllBytes("/bin/busybox") });
        files.AddRange(Applets.Select(applet => new ImageFile { Path = "bin/" + applet, LinkTo = "busybox" }));
        files.Add(new() { Path = "etc/passwd", Content = "root:x:0:0:root:/root:/bin/sh\n"u8.ToArray() });
        files.Add(new() { Path = "etc/group", Content = "root:x:0:\n"u8.ToArray() });
        return new ImageArchive
        {
            Name = Busybox,
            Architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
                == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64",
            Files = files,
            Command = ["sh"],
            Environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        }.ToArray();
    }
}
