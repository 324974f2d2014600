using Netes.Api.Core;

namespace Netes.Api.Discovery;

/// <summary>Source: pkg/apis/discovery/v1/defaults.go, pkg/apis/discovery/validation/validation.go.</summary>
internal static class EndpointSliceRules
{
    private const int MaxEndpoints = 1000;
    private const int MaxAddresses = 100;
    private const int MaxPorts = 20000;
    private const int MaxTopology = 16;

    public static EndpointSlice Default(EndpointSlice slice) => slice with
    {
        Ports = slice.Ports.Map(static port => port is { Name: not null, Protocol: not null } ? port : port with
        {
            Name = port.Name ?? "",
            Protocol = port.Protocol ?? Protocol.TCP,
        }),
    };

    public static List<FieldError> Validate(EndpointSlice slice)
    {
        List<FieldError> errors = [];
        errors.RequiredOneOf(FieldPath.Of("addressType"), slice.AddressType,
            AddressType.FQDN, AddressType.IPv4, AddressType.IPv6);
        var path = FieldPath.Of("endpoints");
        if (slice.Endpoints.Count > MaxEndpoints)
        {
            errors.Add(FieldError.TooMany(path, slice.Endpoints.Count, MaxEndpoints));
            return errors;
        }

        for (var i = 0; i < slice.Endpoints.Count; i++)
        {
            Validate(slice.Endpoints[i], slice.AddressType, path.Index(i), errors);
        }

        ValidatePorts(slice.Ports, FieldPath.Of("ports"), errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(EndpointSlice next, EndpointSlice old)
    {
        var errors = Validate(next);
        errors.Immutable(FieldPath.Of("addressType"), next.AddressType, old.AddressType);
        return errors;
    }

    private static void Validate(Endpoint endpoint, string type, FieldPath path, List<FieldError> errors)
    {
        var addresses = path.Child("addresses");
        if (endpoint.Addresses.IsEmpty)
        {
            errors.Required(addresses, "must contain at least 1 address");
        }
        else if (endpoint.Addresses.Count > MaxAddresses)
        {
            errors.Add(FieldError.TooMany(addresses, endpoint.Addresses.Count, MaxAddresses));
        }

        for (var i = 0; i < endpoint.Addresses.Count; i++)
        {
            ValidateAddress(endpoint.Addresses[i], type, addresses.Index(i), errors);
        }

        if (endpoint.NodeName is { } node)
        {
            errors.Invalid(path.Child("nodeName"), node, Names.Dns1123Subdomain(node));
        }

        if (endpoint.DeprecatedTopology.Count > MaxTopology)
        {
            errors.Add(
                FieldError.TooMany(path.Child("deprecatedTopology"), endpoint.DeprecatedTopology.Count, MaxTopology));
        }

        ObjectMetaRules.ValidateLabels(endpoint.DeprecatedTopology, path.Child("deprecatedTopology"), errors);
        if (endpoint.Hostname is { } host)
        {
            errors.Invalid(path.Child("hostname"), host, Names.Dns1123Label(host));
        }
    }

    private static void ValidateAddress(string address, string type, FieldPath path, List<FieldError> errors)
    {
        switch (type)
        {
            case AddressType.IPv4 or AddressType.IPv6:
                var valid = Names.TryParseIP(address, out _);
                if (!valid || address.Contains(':', StringComparison.Ordinal) != (type == AddressType.IPv6))
                {
                    errors.Invalid(path, address, $"must be a valid {type} address");
                }

                if (valid)
                {
                    ServiceAddresses.ValidateNotSpecial(address, path, errors);
                }

                break;
            case AddressType.FQDN:
                var name = address.EndsWith('.') ? address[..^1] : address;
                var messages = Names.Dns1123Subdomain(name);
                errors.Invalid(path, name, messages);
                if (messages.Count == 0 && !name.Contains('.', StringComparison.Ordinal))
                {
                    errors.Invalid(path, name, "should be a domain with at least two segments separated by dots");
                }

                break;
        }
    }

    private static void ValidatePorts(ValueList<EndpointPort> ports, FieldPath path, List<FieldError> errors)
    {
        if (ports.Count > MaxPorts)
        {
            errors.Add(FieldError.TooMany(path, ports.Count, MaxPorts));
            return;
        }

        HashSet<string> names = [];
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], path.Index(i));
            var name = port.Name ?? "";
            if (name.Length > 0)
            {
                errors.Invalid(at.Child("name"), name, Names.Dns1123Label(name));
            }

            if (!names.Add(name))
            {
                errors.Add(FieldError.Duplicate(at.Child("name"), name));
            }

            errors.RequiredOneOf(at.Child("protocol"), port.Protocol ?? "", Protocol.SCTP, Protocol.TCP, Protocol.UDP);
            if (port.AppProtocol is { } application)
            {
                errors.Invalid(at.Child("appProtocol"), application, Names.QualifiedName(application));
            }
        }
    }
}
