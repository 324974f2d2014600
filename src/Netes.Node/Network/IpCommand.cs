using System.Diagnostics;

namespace Netes.Nodes.Network;

/// <summary>
/// Runs iproute2 with a batch of lines. Addresses and routes change with nodes, not with pods: a process per change is
/// cheap enough, and iproute2 is already needed.
/// </summary>
internal static class IpCommand
{
    /// <exception cref="InvalidOperationException">A line failed; the message is iproute2's own.</exception>
    public static async Task BatchAsync(IEnumerable<string> lines, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("ip", ["-batch", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException("ip could not be started");
        await process.StandardInput.WriteAsync(string.Join('\n', lines) + "\n");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await output;
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip: {errors.Trim()}");
        }
    }
}
