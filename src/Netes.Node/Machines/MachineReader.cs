using System.Globalization;

namespace Netes.Nodes.Machines;

/// <summary>What the machine has left just now.</summary>
public sealed record MachineUsage
{
    public long MemoryAvailableBytes { get; init; }

    public long DiskAvailableBytes { get; init; }

    public long DiskCapacityBytes { get; init; }

    public long ProcessesFree { get; init; }
}

/// <summary>Reads the machine's own description. Source: cadvisor machine/info.go.</summary>
/// <param name="root">"/", or where a test has recorded files.</param>
public sealed class MachineReader(string root)
{
    private const string Unknown = "";

    public long MemoryBytes() => MemoryLine("MemTotal:");

    public long MemoryAvailableBytes() => MemoryLine("MemAvailable:");

    public MachineUsage Usage(string dataFolder)
    {
        var drive = new DriveInfo(dataFolder);
        var limit = Number(ReadLine("proc/sys/kernel/pid_max"));
        var processes = ReadLine("proc/loadavg").Split(' ');
        var used = processes.Length > 3 ? Number(processes[3].Split('/')[^1]) : 0;
        return new()
        {
            MemoryAvailableBytes = MemoryAvailableBytes(),
            DiskAvailableBytes = drive.AvailableFreeSpace,
            DiskCapacityBytes = drive.TotalSize,
            ProcessesFree = limit - used,
        };
    }

    public string MachineId() => ReadLine("etc/machine-id");

    public string SystemUuid() =>
        ReadLine("sys/class/dmi/id/product_uuid") is { Length: > 0 } uuid ? uuid : MachineId();

    public string BootId() => ReadLine("proc/sys/kernel/random/boot_id");

    public string KernelVersion() => ReadLine("proc/sys/kernel/osrelease");

    public string OperatingSystem()
    {
        foreach (var line in ReadLines("etc/os-release"))
        {
            if (line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            {
                return line["PRETTY_NAME=".Length..].Trim('"');
            }
        }

        return "Linux";
    }

    private long MemoryLine(string name)
    {
        var line = ReadLines("proc/meminfo").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    }

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var value)
        ? value : 0;

    private string ReadLine(string path) => ReadLines(path).FirstOrDefault()?.Trim() ?? Unknown;

    private string[] ReadLines(string path)
    {
        var full = Path.Combine(root, path);
        try
        {
            return File.Exists(full) ? File.ReadAllLines(full) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // some machines keep parts of their description to themselves
        }
    }
}
