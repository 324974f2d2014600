namespace Netes.Api.Core;

/// <summary>
/// Rules of a service's ports. Source: validateServicePort of pkg/apis/core/validation/validation.go.
/// </summary>
internal static class ServicePorts
{
    private static readonly FieldPath Ports = FieldPath.Of("spec").Child("ports");

    public static void Validate(ServiceSpec spec, List<FieldError> errors)
    {
        HashSet<string> names = [];
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            Validate(spec.Ports[i], spec.Ports.Count > 1, names, Ports.Index(i), errors);
        }
    }

    /// <summary>No node port for ClusterIP; node ports, and ports, are unique by protocol.</summary>
    public static void ValidateUnique(ServiceSpec spec, List<FieldError> errors)
    {
        HashSet<(string, int)> nodePorts = [];
        HashSet<(string, int)> ports = [];
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var (port, path) = (spec.Ports[i], Ports.Index(i));
            if (port.NodePort != 0 && spec.Type == ServiceType.ClusterIP)
            {
                errors.Forbidden(path.Child("nodePort"), "may not be used when `type` is 'ClusterIP'");
            }

            if (port.NodePort != 0 && !nodePorts.Add((port.Protocol, port.NodePort)))
            {
                errors.Add(FieldError.Duplicate(path.Child("nodePort"), port.NodePort));
            }
        }

        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            if (!ports.Add((port.Protocol, port.Port)))
            {
                errors.Add(FieldError.Duplicate(Ports.Index(i), Shown.Of(
                    ServicePort.Empty with { Protocol = port.Protocol, Port = port.Port })));
            }
        }
    }

    /// <summary>A number of a port, or the name of a container's port.</summary>
    public static void ValidateNumberOrName(IntOrString port, FieldPath path, List<FieldError> errors)
    {
        if (port.IsString)
        {
            errors.Invalid(path, port.Text, Names.PortName(port.Text));
        }
        else
        {
            errors.Invalid(path, port.Number, Names.PortNumber(port.Number));
        }
    }

    private static void Validate(
        ServicePort port, bool nameRequired, HashSet<string> names, FieldPath path, List<FieldError> errors)
    {
        if (port.Name.Length > 0)
        {
            errors.Invalid(path.Child("name"), port.Name, Names.Dns1123Label(port.Name));
            if (!names.Add(port.Name))
            {
                errors.Add(FieldError.Duplicate(path.Child("name"), port.Name));
            }
        }
        else if (nameRequired)
        {
            errors.Required(path.Child("name"));
        }

        errors.Invalid(path.Child("port"), port.Port, Names.PortNumber(port.Port));
        errors.RequiredOneOf(path.Child("protocol"), port.Protocol, Protocol.SCTP, Protocol.TCP, Protocol.UDP);
        ValidateNumberOrName(port.TargetPort, path.Child("targetPort"), errors);
        if (port.AppProtocol is { } application)
        {
            errors.Invalid(path.Child("appProtocol"), application, Names.QualifiedName(application));
        }
    }
}
