using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Netes.Nodes.Proxy;

/// <summary>
/// A UDP client that sends on and on keeps the endpoint it was first given, also when that has gone, or none when there
/// was none: the kernel forgets such flows only when told. Source: pkg/proxy/conntrack/cleanup.go.
/// </summary>
/// <param name="run">Runs conntrack(8) with arguments and answers what it prints.</param>
public sealed class UdpFlows(Func<IReadOnlyList<string>, CancellationToken, Task<string>> run)
{
    /// <summary>Ends the flows of Services whose endpoint serves them no more; how many.</summary>
    public async Task<int> CleanAsync(IEnumerable<ServicePortView> ports, CancellationToken cancel)
    {
        var stale = Stale(await run(["-L", "-p", "udp"], cancel), ports);
        foreach (var flow in stale)
        {
            await run(
                [
                    "-D", "-p", "udp", "--orig-src", flow.Source, "--orig-dst", flow.Target,
                    "--sport", flow.SourcePort, "--dport", flow.TargetPort,
                ],
                cancel);
        }

        return stale.Count;
    }

    /// <summary>The flows, of conntrack's list, that lead to what is no endpoint. Pure.</summary>
    public static IReadOnlyList<UdpFlow> Stale(string list, IEnumerable<ServicePortView> ports)
    {
        var endpoints = new Dictionary<(string Address, string Port), HashSet<string>>();
        foreach (var port in ports.Where(port => port.Protocol == "udp" && !port.Endpoints.IsEmpty))
        {
            var addresses = port.InternalEndpoints.Concat(port.ExternalEndpoints)
                .Select(endpoint => endpoint.Address).ToHashSet(StringComparer.Ordinal);
            foreach (var address in port.ExternalAddresses.Append(port.ClusterIP))
            {
                endpoints[(address, Text(port.Port))] = addresses;
            }

            if (port.NodePort > 0)
            {
                endpoints[("", Text(port.NodePort))] = addresses;
            }
        }

        return
        [
            .. list.Split('\n').Select(UdpFlow.Parse).OfType<UdpFlow>().Where(flow =>
                (endpoints.TryGetValue((flow.Target, flow.TargetPort), out var serving)
                    || endpoints.TryGetValue(("", flow.TargetPort), out serving))
                && !serving.Contains(flow.Answering)),
        ];
    }

    /// <summary>Runs the machine's own conntrack in this network namespace.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or failed.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("conntrack", arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)
                ?? throw new InvalidOperationException("conntrack could not be started");
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            // A flow that ended by itself meanwhile is none to delete.
            return process.ExitCode == 0 || errors.Contains("0 flow entries", StringComparison.Ordinal)
                ? await output : throw new InvalidOperationException($"conntrack: {errors.Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"conntrack: {error.Message}", error);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One flow as the client began it, and who answers it.</summary>
public sealed record UdpFlow(string Source, string SourcePort, string Target, string TargetPort, string Answering)
{
    /// <summary>Reads a line of <c>conntrack -L</c>; null when it is none of UDP.</summary>
    public static UdpFlow? Parse(string line)
    {
        if (!line.StartsWith("udp ", StringComparison.Ordinal))
        {
            return null;
        }

        // Each key comes twice: for the client's direction, then for the answer's.
        var values = line.Split(' ').Where(word => word.Contains('=')).Select(word => word.Split('=', 2))
            .ToLookup(pair => pair[0], pair => pair[1]);
        return values["src"].ToList() is [var source, var answering] && values["dst"].FirstOrDefault() is { } target
            && values["sport"].FirstOrDefault() is { } sourcePort && values["dport"].FirstOrDefault() is { } targetPort
            ? new(source, sourcePort, target, targetPort, answering) : null;
    }
}
