namespace Netes.Api.Core;

/// <summary>Ports that shadow each other. Source: warningsForPodSpecAndMeta of pkg/api/pod/warnings.go.</summary>
internal static class PodPortWarnings
{
    public static void Add(List<(Container Container, FieldPath Path)> containers, List<string> warnings)
    {
        var ports = containers.SelectMany(item => item.Container.Ports.Select((port, i) =>
            (Port: port, Path: item.Path.Child("ports").Index(i)))).ToList();
        if (ports.Count < 2)
        {
            return;
        }

        for (var i = 0; i < ports.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var kind = Kind(ports[i].Port, ports[j].Port);
                if (kind.Length > 0)
                {
                    warnings.Add($"{ports[i].Path}: {kind} port definition with {ports[j].Path}");
                }
            }
        }

        foreach (var named in ports.Where(item => item.Port.Name.Length > 0).GroupBy(item => item.Port.Name))
        {
            var first = named.First();
            foreach (var other in named.Skip(1))
            {
                var winner = first.Path.Child("name");
                warnings.Add(
                    $"{other.Path.Child("name")}: duplicate port name {FieldError.Quote(named.Key)} with {winner}, "
                    + $"services and probes that select ports by name will use {winner}");
            }
        }
    }

    private static string Kind(ContainerPort port, ContainerPort other) =>
        port.ContainerPortValue != other.ContainerPortValue || port.Protocol != other.Protocol ? ""
        : port.HostIP == other.HostIP && port.HostPort == other.HostPort ? "duplicate"
        : port.HostPort == 0 || other.HostPort == 0 ? "overlapping"
        : port.HostPort == other.HostPort && (port.HostIP.Length == 0 || other.HostIP.Length == 0)
            ? "dangerously ambiguous"
            : "";
}
