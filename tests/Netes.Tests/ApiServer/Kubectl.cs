using System.Diagnostics;

namespace Netes.Tests.ApiServer;

/// <summary>The real kubectl: every version that the machine has.</summary>
public static class Kubectl
{
    private const string CloudSdk = "/usr/lib/google-cloud-sdk/bin";

    public static TheoryData<string> All()
    {
        var found = new TheoryData<string>();
        IEnumerable<string> candidates = Directory.Exists(CloudSdk)
            ? Directory.EnumerateFiles(CloudSdk, "kubectl.1.*").Order(StringComparer.Ordinal)
            : [];
        foreach (var path in candidates.Append("/usr/bin/kubectl").Append("/usr/local/bin/kubectl").Where(File.Exists))
        {
            found.Add(path);
        }

        return found;
    }

    /// <summary>What it printed, out and err together; it must end by itself within a minute.</summary>
    public static async Task<string> RunAsync(ServerFixture server, string kubectl, string input,
        params string[] arguments)
    {
        var start = new ProcessStartInfo(kubectl, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = server.Kubeconfig;
        start.Environment["HOME"] = Path.GetDirectoryName(server.Kubeconfig)!;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new TimeoutException($"kubectl {string.Join(' ', arguments)} did not end");
        }

        return (await output + await errors).Trim();
    }
}
