using Netes.Api.Core;

namespace Netes.ControlPlane.Scheduling;

/// <summary>A port of the node that a pod takes. Source: pkg/scheduler/framework/types.go, HostPortInfo.</summary>
public readonly record struct HostPort(string Address, string Protocol, int Port)
{
    private const string Anywhere = "0.0.0.0";

    public bool Conflicts(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol
        && (Address == other.Address || Address == Anywhere || other.Address == Anywhere);

    public static IReadOnlyList<HostPort> Of(Pod pod)
    {
        List<HostPort>? ports = null;
        foreach (var container in pod.Spec.Containers)
        {
            Add(ref ports, container);
        }

        foreach (var container in pod.Spec.InitContainers)
        {
            if (container.RestartPolicy == ContainerRestartPolicy.Always)
            {
                Add(ref ports, container);
            }
        }

        return ports ?? (IReadOnlyList<HostPort>)[];
    }

    private static void Add(ref List<HostPort>? ports, Container container)
    {
        foreach (var port in container.Ports)
        {
            if (port.HostPort > 0)
            {
                ports ??= [];
                ports.Add(new HostPort(
                    port.HostIP.Length == 0 ? Anywhere : port.HostIP,
                    port.Protocol.Length == 0 ? Protocols.Tcp : port.Protocol,
                    port.HostPort));
            }
        }
    }

    private static class Protocols
    {
        public const string Tcp = "TCP";
    }
}
