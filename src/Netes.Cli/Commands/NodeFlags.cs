using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Cli.Machine;
using Netes.Host;
using Netes.Host.Joining;

namespace Netes.Cli.Commands;

/// <summary>
/// The flags that <c>netes server</c> and <c>netes agent</c> share, and what they mean when they are not given.
/// </summary>
internal sealed class NodeFlags
{
    private readonly Option<string> dataFolder = new("--data-dir")
    {
        Description = "folder for all state",
        DefaultValueFactory = _ => "/var/lib/netes",
    };

    private readonly Option<string?> nodeName = new("--node-name")
    {
        Description = "this node's name (default: the host name)",
    };

    private readonly Option<string?> nodeAddress = new("--node-ip")
    {
        Description = "this node's address (default: the one that the default route uses)",
    };

    private readonly Option<string> containerd = new("--containerd")
    {
        Description = "containerd's socket",
        DefaultValueFactory = _ => "/run/containerd/containerd.sock",
    };

    private readonly Option<string?> token = new("--token") { Description = "the token by which machines join" };

    private readonly Option<string[]> labels = new("--node-label") { Description = "key=value, may be repeated" };

    private readonly Option<string[]> taints = new("--node-taint")
    {
        Description = "key=value:effect, may be repeated",
    };

    private readonly Option<string> podRange = new("--cluster-cidr")
    {
        Description = "addresses of pods; of two families: a range of IPv4, a comma and one of IPv6",
        DefaultValueFactory = _ => "10.244.0.0/16",
    };

    private readonly Option<string> serviceRange = new("--service-cidr")
    {
        Description = "addresses of Services; of two families as with --cluster-cidr",
        DefaultValueFactory = _ => "10.96.0.0/16",
    };

    private readonly Option<string> domain = new("--cluster-domain")
    {
        Description = "the cluster's DNS domain",
        DefaultValueFactory = _ => "cluster.local",
    };

    private readonly Option<bool> withoutNetwork = new("--disable-default-cni")
    {
        Description = "bring your own network plugin",
    };

    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "log debugging messages, too" };

    // A local cluster's nodes get their image from outside.
    private readonly Option<bool> prepared = new("--runtime-is-prepared") { Hidden = true };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [dataFolder, nodeName, nodeAddress, containerd, token, labels, taints, podRange, serviceRange, domain,
                withoutNetwork, verbose, prepared])
        {
            command.Add(option);
        }
    }

    public string DataFolder(ParseResult parsed) => parsed.GetValue(dataFolder)!;

    public string Containerd(ParseResult parsed) => parsed.GetValue(containerd)!;

    /// <summary>See <see cref="HostRuntime"/>.</summary>
    public Task PrepareRuntimeAsync(
        ParseResult parsed, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel) =>
        parsed.GetValue(prepared)
            ? Task.CompletedTask
            : HostRuntime.PrepareAsync(Containerd(parsed), time, loggers.CreateLogger("Netes.Cli"), cancel);

    public string NodeName(ParseResult parsed) =>
        parsed.GetValue(nodeName) is { Length: > 0 } name ? name : Dns.GetHostName().ToLowerInvariant();

    public IPAddress NodeAddress(ParseResult parsed) => parsed.GetValue(nodeAddress) switch
    {
        null or "" => DefaultAddress(),
        var text => IPAddress.TryParse(text, out var address)
            ? address
            : throw new ToolException($"--node-ip: \"{text}\" is not an IP address"),
    };

    public JoinToken? Token(ParseResult parsed) => parsed.GetValue(token) switch
    {
        null or "" => null,
        var text => JoinToken.TryParse(text, out var read)
            ? read
            : throw new ToolException("--token: a token of the form abcdef.0123456789abcdef is expected"),
    };

    public ValueMap<string> Labels(ParseResult parsed) =>
        (parsed.GetValue(labels) ?? []).Select(label => label.Split('=', 2))
            .Select(parts => parts.Length == 2 && parts[0].Length > 0
                ? KeyValuePair.Create(parts[0], parts[1])
                : throw new ToolException($"--node-label: \"{string.Join('=', parts)}\" is not of the form key=value"))
            .ToValueMap();

    public ValueList<Taint> Taints(ParseResult parsed) =>
        (parsed.GetValue(taints) ?? []).Select(ParseTaint).ToValueList();

    public NetworkOptions Network(ParseResult parsed)
    {
        var pods = NetworkRanges.Parse("--cluster-cidr", parsed.GetValue(podRange)!, NetworkRanges.OfPods);
        var services = NetworkRanges.Parse("--service-cidr", parsed.GetValue(serviceRange)!, NetworkRanges.OfServices);
        return new()
        {
            PodRange = pods.First,
            SecondaryPodRange = pods.Second,
            ServiceRange = services.First,
            SecondaryServiceRange = services.Second,
            ClusterDomain = parsed.GetValue(domain)!,
            ManagePodNetwork = !parsed.GetValue(withoutNetwork),
        };
    }

    /// <summary>One line per message on standard error, with the time in UTC.</summary>
    public ILoggerFactory Loggers(ParseResult parsed) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(parsed.GetValue(verbose) ? LogLevel.Debug : LogLevel.Information)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.Hosting", LogLevel.Warning)
        .AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.UseUtcTimestamp = true;
            format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            format.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
        }));

    /// <summary>"key=value:Effect" or "key:Effect". Source: pkg/util/taints/taints.go.</summary>
    public static Taint ParseTaint(string text)
    {
        var colon = text.LastIndexOf(':');
        var pair = colon < 1 ? [] : text[..colon].Split('=', 2);
        return pair.Length > 0 && text[(colon + 1)..] is "NoSchedule" or "PreferNoSchedule" or "NoExecute"
            ? new Taint { Key = pair[0], Value = pair.Length == 2 ? pair[1] : "", Effect = text[(colon + 1)..] }
            : throw new ToolException($"--node-taint: \"{text}\" is not of the form key=value:effect");
    }

    // Connecting a datagram socket sends nothing; it only asks the kernel which address it would use.
    private static IPAddress DefaultAddress()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9));
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            throw new ToolException("this machine has no default route: say its address with --node-ip");
        }
    }
}
