using System.Globalization;

namespace Netes.Cli.Machine;

/// <summary>
/// A process beyond doubt: its number, and the kernel's tick at which it started, since numbers are reused.
/// </summary>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks)
{
    public static ProcessIdentity? Of(int pid) => StartOf(pid) is { } ticks ? new(pid, ticks) : null;

    /// <summary>Reads "pid ticks"; null for anything else.</summary>
    public static ProcessIdentity? Parse(string text) =>
        text.Trim().Split(' ') is [var pid, var ticks]
        && int.TryParse(pid, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var start)
            ? new(number, start)
            : null;

    public static ProcessIdentity? ReadFile(string path) => File.Exists(path) ? Parse(File.ReadAllText(path)) : null;

    public bool IsAlive => StartOf(Pid) == StartTicks;

    /// <summary>
    /// Sends a signal; false when that process has ended. A descriptor pins it between check and signal.
    /// </summary>
    public bool Signal(int signal)
    {
        var descriptor = Syscalls.OpenProcess(Pid);
        if (descriptor < 0)
        {
            return false;
        }

        try
        {
            return IsAlive && Syscalls.SignalProcess(descriptor, signal);
        }
        finally
        {
            Syscalls.Close(descriptor);
        }
    }

    public override string ToString() => $"{Pid} {StartTicks}";

    // Field 22 of proc(5)'s stat; the name in brackets may hold spaces. A zombie ('Z', 'X') has ended.
    private static long? StartOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
