using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Netes.Cli.Yaml;

namespace Netes.Cli.Clusters.Configs;

/// <summary>What came of a configuration file: with errors, the options are not to be used.</summary>
internal sealed record ParsedConfig(
    ClusterOptions Options, bool HasName, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);

/// <summary>
/// Reads a cluster's configuration in kind's form, <c>kind.x-k8s.io/v1alpha4</c>. Source: sigs.k8s.io/kind,
/// pkg/apis/config/v1alpha4/types.go.
/// </summary>
internal static partial class ClusterConfig
{
    public const string DefaultName = "netes";
    private const string Version = "kind.x-k8s.io/v1alpha4";
    private const int LongestName = 49;
    private const string NoKubeadm = "Netes has neither kubeadm nor a node image";

    public static ParsedConfig Parse(string text)
    {
        List<string> errors = [], warnings = [];
        var options = ClusterOptions.Default(DefaultName);
        var hasName = false;
        try
        {
            if (YamlReader.Read(text) is JsonObject root)
            {
                hasName = root.ContainsKey("name");
                options = ConfigReader.Whole(new ConfigReader(root, "", errors, warnings), ReadCluster);
            }
            else
            {
                errors.Add("the configuration is empty or not a mapping");
            }
        }
        catch (YamlProblem problem)
        {
            errors.Add(problem.Message);
        }

        errors.AddRange(Check(options));
        return new ParsedConfig(options, hasName, errors, warnings);
    }

    /// <summary>What is wrong with options, wherever they come from.</summary>
    public static IEnumerable<string> Check(ClusterOptions options)
    {
        if (!NameForm().IsMatch(options.Name) || options.Name.Length > LongestName)
        {
            yield return $"'{options.Name}' is not a valid cluster name, cluster names must match `{NameForm()}` " +
                $"and have at most {LongestName} characters";
        }

        var controlPlanes = options.Nodes.Count(node => node.Role == "control-plane");
        if (controlPlanes != 1)
        {
            yield return controlPlanes == 0
                ? "must have at least one control-plane node"
                : "more than one control-plane node is not possible in a local cluster";
        }

        if (options.Nodes.Count > 200)
        {
            yield return "at most 200 nodes are possible";
        }

        foreach (var subnet in options.PodSubnet.Split(',').Concat(options.ServiceSubnet.Split(',')))
        {
            if (!IPNetwork.TryParse(subnet, out _))
            {
                yield return $"invalid subnet \"{subnet}\"";
            }
        }

        foreach (var twice in options.Nodes.SelectMany(node => node.Ports).Where(port => port.HostPort > 0)
            .GroupBy(port => (port.ListenAddress, port.HostPort, port.Protocol)).Where(same => same.Count() > 1))
        {
            yield return $"port mapping with same listen address, port and protocol is there twice: {twice.Key}";
        }
    }

    private static ClusterOptions ReadCluster(ConfigReader root)
    {
        if (root.Text("kind", "") != "Cluster" || root.Text("apiVersion", "") != Version)
        {
            root.Error("apiVersion", $"kind: Cluster, apiVersion: {Version} is expected");
        }

        var standard = ClusterOptions.Default(root.Text("name", DefaultName));
        var nodes = root.List("nodes", ReadNode);
        root.WithoutEffect(NoKubeadm, "featureGates", "runtimeConfig", "kubeadmConfigPatches",
            "kubeadmConfigPatchesJSON6902", "containerdConfigPatches", "containerdConfigPatchesJSON6902");
        var options = standard with { Nodes = nodes.Count > 0 ? nodes : standard.Nodes };
        return root.Section("networking", network => ReadNetwork(network, options)) ?? options;
    }

    private static ClusterOptions ReadNetwork(ConfigReader network, ClusterOptions options)
    {
        network.WithoutEffect("Services are always nftables rules", "kubeProxyMode");
        network.WithoutEffect("pods get the cluster's search domains", "dnsSearch");
        if (network.Text("ipFamily", "ipv4") is not ("ipv4" or ""))
        {
            network.Error("ipFamily", "only ipv4 is possible in a local cluster");
        }

        var address = network.Text("apiServerAddress", options.ApiServerAddress);
        CheckAddress(network, "apiServerAddress", address);
        return options with
        {
            ApiServerAddress = address,
            ApiServerPort = Math.Max(network.Number("apiServerPort", 0), 0),
            PodSubnet = network.Text("podSubnet", options.PodSubnet),
            ServiceSubnet = network.Text("serviceSubnet", options.ServiceSubnet),
            DisableDefaultCni = network.Flag("disableDefaultCNI"),
        };
    }

    private static NodeOptions ReadNode(ConfigReader node)
    {
        var role = node.Text("role", "control-plane");
        if (role is not ("control-plane" or "worker"))
        {
            node.Error("role", $"\"{role}\" is not a valid node role");
        }

        node.WithoutEffect(NoKubeadm, "image", "kubeadmConfigPatches", "kubeadmConfigPatchesJSON6902");
        return new NodeOptions(
            role, node.List("extraPortMappings", ReadPort), node.List("extraMounts", ReadMount), node.Map("labels"));
    }

    private static PortMapping ReadPort(ConfigReader port)
    {
        var protocol = port.Text("protocol", "TCP").ToUpperInvariant();
        if (protocol is not ("TCP" or "UDP"))
        {
            port.Error("protocol", $"\"{protocol}\" is not possible: TCP or UDP");
        }

        var mapping = new PortMapping(
            port.Text("listenAddress", "0.0.0.0"), Math.Max(port.Number("hostPort", 0), 0),
            port.Number("containerPort", 0), protocol);
        CheckAddress(port, "listenAddress", mapping.ListenAddress);
        if (mapping.HostPort > ushort.MaxValue)
        {
            port.Error("hostPort", $"invalid port number: {mapping.HostPort}");
        }

        if (mapping.ContainerPort is < 1 or > ushort.MaxValue)
        {
            port.Error("containerPort", $"invalid port number: {mapping.ContainerPort}");
        }

        return mapping;
    }

    private static ExtraMount ReadMount(ConfigReader mount)
    {
        mount.WithoutEffect("a node's mounts are its own", "propagation", "selinuxRelabel");
        var read = new ExtraMount(
            mount.Text("hostPath", ""), mount.Text("containerPath", ""), mount.Flag("readOnly"));
        if (read.HostPath.Length == 0 || read.ContainerPath.Length == 0)
        {
            mount.Error("hostPath", "hostPath and containerPath are required");
        }

        return read with { HostPath = read.HostPath.Length == 0 ? "" : Path.GetFullPath(read.HostPath) };
    }

    private static void CheckAddress(ConfigReader at, string name, string address)
    {
        if (!IPAddress.TryParse(address, out _))
        {
            at.Error(name, $"\"{address}\" is not an IP address");
        }
    }

    [GeneratedRegex("^[a-z0-9.-]+$")]
    private static partial Regex NameForm();
}
