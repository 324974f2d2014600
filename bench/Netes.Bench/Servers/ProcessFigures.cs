using System.Globalization;
using System.Runtime.InteropServices;

namespace Netes.Bench.Servers;

/// <summary>What the kernel knows of another process.</summary>
internal static class ProcessFigures
{
    /// <summary>Fields of /proc/PID/stat are in ticks of a hundredth of a second, on every Linux.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>In user and kernel mode, of all threads.</summary>
    public static TimeSpan Cpu(int id)
    {
        // After the name, which is in brackets and may hold spaces, the 12th and 13th fields.
        string stat = File.ReadAllText($"/proc/{id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
    }

    public static (double AnonymousMegabytes, double AllMegabytes) Memory(int id)
    {
        string[] lines = File.ReadAllLines($"/proc/{id}/status");
        return (Field("RssAnon:"), Field("VmRSS:"));

        double Field(string name) => Number(
            lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0])
            / 1024;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Signals to processes of our own.</summary>
internal static partial class Signals
{
    public static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
        {
            throw new InvalidOperationException($"kill {process}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
