using System.Diagnostics;

namespace Netes.EndToEnd.Tools;

/// <summary>What a program answered.</summary>
public sealed record CommandResult(string Line, int ExitCode, string Output, string Errors)
{
    /// <summary>The output when the program succeeded; else a failed test that shows all there is to see.</summary>
    public string MustSucceed()
    {
        Assert.True(ExitCode == 0, $"$ {Line}\nexit code {ExitCode}\n{Output}\n{Errors}");
        return Output;
    }

    /// <summary>Output and errors when the program failed as it should.</summary>
    public string MustFail()
    {
        Assert.True(ExitCode != 0, $"$ {Line}\nsucceeded, and should not have\n{Output}\n{Errors}");
        return Output + Errors;
    }
}

/// <summary>Runs real programs, with a limit on each.</summary>
public static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string input = "",
        TimeSpan? limit = null)
    {
        using var process = Start(program, arguments, environment);
        var line = $"{program} {string.Join(' ', process.StartInfo.ArgumentList)}";
        using var timeout = new CancellationTokenSource(limit ?? Limit);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await WriteAsync(process, input);
            await process.WaitForExitAsync(timeout.Token);
            return new(line, process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"$ {line}\ndid not end within {limit ?? Limit}");
        }
    }

    // A program may end without reading what it was given: its exit code tells why.
    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            return;
        }
    }

    public static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
