namespace Netes.Api.Core;

/// <summary>Source: SetDefaults_Endpoints and ValidateEndpoints under pkg/apis/core.</summary>
internal static class EndpointsRules
{
    public static Endpoints Default(Endpoints endpoints) => endpoints with
    {
        Subsets = endpoints.Subsets.Map(static subset => subset with
        {
            Ports = subset.Ports.Map(static port =>
                port.Protocol.Length == 0 ? port with { Protocol = Protocol.TCP } : port),
        }),
    };

    public static List<FieldError> Validate(Endpoints endpoints)
    {
        List<FieldError> errors = [];
        for (var i = 0; i < endpoints.Subsets.Count; i++)
        {
            var (subset, path) = (endpoints.Subsets[i], FieldPath.Of("subsets").Index(i));
            if (subset.Addresses.IsEmpty && subset.NotReadyAddresses.IsEmpty)
            {
                errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
            }

            ValidateAddresses(subset.Addresses, path.Child("addresses"), errors);
            ValidateAddresses(subset.NotReadyAddresses, path.Child("notReadyAddresses"), errors);
            for (var j = 0; j < subset.Ports.Count; j++)
            {
                Validate(subset.Ports[j], subset.Ports.Count > 1, path.Child("ports").Index(j), errors);
            }
        }

        return errors;
    }

    private static void ValidateAddresses(ValueList<EndpointAddress> addresses, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var (address, at) = (addresses[i], path.Index(i));
            ServiceAddresses.ValidateNotSpecial(address.IP, at.Child("ip"), errors);
            if (address.Hostname.Length > 0)
            {
                errors.Invalid(at.Child("hostname"), address.Hostname, Names.Dns1123Label(address.Hostname));
            }

            if (address.NodeName is { } node)
            {
                errors.Invalid(at.Child("nodeName"), node, Names.Dns1123Subdomain(node));
            }
        }
    }

    private static void Validate(EndpointPort port, bool nameRequired, FieldPath path, List<FieldError> errors)
    {
        if (port.Name.Length > 0)
        {
            errors.Invalid(path.Child("name"), port.Name, Names.Dns1123Label(port.Name));
        }
        else if (nameRequired)
        {
            errors.Required(path.Child("name"));
        }

        errors.Invalid(path.Child("port"), port.Port, Names.PortNumber(port.Port));
        errors.RequiredOneOf(path.Child("protocol"), port.Protocol, Protocol.SCTP, Protocol.TCP, Protocol.UDP);
        if (port.AppProtocol is { } application)
        {
            errors.Invalid(path.Child("appProtocol"), application, Names.QualifiedName(application));
        }
    }
}
