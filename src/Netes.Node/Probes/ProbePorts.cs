using System.Globalization;
using System.Net;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Probes;

/// <summary>Ports given by number or by the name of a container's port. Source: pkg/probe/util.go.</summary>
internal static class ProbePorts
{
    /// <exception cref="FormatException">There is no such port.</exception>
    public static EndPoint EndPoint(string host, IntOrString port, Container container)
    {
        var number = Resolve(port, container);
        return IPAddress.TryParse(host, out var address)
            ? new IPEndPoint(address, number) : new DnsEndPoint(host, number);
    }

    public static int Resolve(IntOrString port, Container container)
    {
        if (!port.IsString)
        {
            return port.Number;
        }

        foreach (var item in container.Ports)
        {
            if (item.Name == port.Text)
            {
                return item.ContainerPortValue;
            }
        }

        return int.TryParse(port.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"couldn't find port: {port.Text} in container {container.Name}");
    }
}
