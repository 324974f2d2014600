using Netes.Api.Core;

namespace Netes.Api.Networking;

/// <summary>Source: SetDefaults_NetworkPolicy and ValidateNetworkPolicy under pkg/apis/networking.</summary>
internal static class NetworkPolicyRules
{
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static NetworkPolicy Default(NetworkPolicy policy)
    {
        var spec = policy.Spec;
        var types = !spec.PolicyTypes.IsEmpty ? spec.PolicyTypes
            : spec.Egress.IsEmpty ? [PolicyType.Ingress]
            : [PolicyType.Ingress, PolicyType.Egress];
        return policy with
        {
            Spec = spec with
            {
                PolicyTypes = types,
                Ingress = spec.Ingress.Map(static rule => rule with { Ports = rule.Ports.Map(Default) }),
                Egress = spec.Egress.Map(static rule => rule with { Ports = rule.Ports.Map(Default) }),
            },
        };
    }

    public static List<FieldError> Validate(NetworkPolicy policy)
    {
        List<FieldError> errors = [];
        var spec = policy.Spec;
        SelectorRules.Validate(spec.PodSelector, Spec.Child("podSelector"), errors);
        for (var i = 0; i < spec.Ingress.Count; i++)
        {
            var path = Spec.Child("ingress").Index(i);
            ValidatePorts(spec.Ingress[i].Ports, path.Child("ports"), errors);
            ValidatePeers(spec.Ingress[i].From, path.Child("from"), errors);
        }

        for (var i = 0; i < spec.Egress.Count; i++)
        {
            var path = Spec.Child("egress").Index(i);
            ValidatePorts(spec.Egress[i].Ports, path.Child("ports"), errors);
            ValidatePeers(spec.Egress[i].To, path.Child("to"), errors);
        }

        var types = Spec.Child("policyTypes");
        if (spec.PolicyTypes.Count > 2)
        {
            errors.Invalid(types, Shown.Strings(spec.PolicyTypes), "may not specify more than two policyTypes");
            return errors;
        }

        foreach (var type in spec.PolicyTypes)
        {
            errors.OneOf(types, type, PolicyType.Egress, PolicyType.Ingress);
        }

        return errors;
    }

    private static NetworkPolicyPort Default(NetworkPolicyPort port) =>
        port.Protocol is null ? port with { Protocol = Protocol.TCP } : port;

    private static void ValidatePorts(ValueList<NetworkPolicyPort> ports, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], path.Index(i));
            if (port.Protocol is { } protocol)
            {
                errors.OneOf(at.Child("protocol"), protocol, Protocol.SCTP, Protocol.TCP, Protocol.UDP);
            }

            if (port.Port is { } number)
            {
                ServicePorts.ValidateNumberOrName(number, at.Child("port"), errors);
            }

            var message = port switch
            {
                { EndPort: null } => "",
                { Port: null } => "may not be specified when `port` is not specified",
                { Port.IsString: true } => "may not be specified when `port` is non-numeric",
                _ when port.EndPort < port.Port.Value.Number => "must be greater than or equal to `port`",
                _ => "",
            };
            if (message.Length > 0)
            {
                errors.Invalid(at.Child("endPort"), port.EndPort, message);
            }
            else if (port.EndPort is { } end)
            {
                errors.Invalid(at.Child("endPort"), end, Names.PortNumber(end));
            }
        }
    }

    private static void ValidatePeers(ValueList<NetworkPolicyPeer> peers, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < peers.Count; i++)
        {
            var (peer, at) = (peers[i], path.Index(i));
            SelectorRules.Validate(peer.PodSelector, at.Child("podSelector"), errors);
            SelectorRules.Validate(peer.NamespaceSelector, at.Child("namespaceSelector"), errors);
            if (peer.IPBlock is { } block)
            {
                Validate(block, at.Child("ipBlock"), errors);
                if (peer.PodSelector is not null || peer.NamespaceSelector is not null)
                {
                    errors.Forbidden(at, "may not specify both ipBlock and another peer");
                }
            }
            else if (peer is { PodSelector: null, NamespaceSelector: null })
            {
                errors.Required(at, "must specify a peer");
            }
        }
    }

    private static void Validate(IPBlock block, FieldPath path, List<FieldError> errors)
    {
        if (block.CIDR.Length == 0)
        {
            errors.Required(path.Child("cidr"));
            return;
        }

        if (!Names.TryParseCidr(block.CIDR, out var address, out var length))
        {
            errors.Invalid(path.Child("cidr"), block.CIDR, Names.InvalidCidr);
            return;
        }

        for (var i = 0; i < block.Except.Count; i++)
        {
            var at = path.Child("except").Index(i);
            if (!Names.TryParseCidr(block.Except[i], out var inner, out var innerLength))
            {
                errors.Invalid(at, block.Except[i], Names.InvalidCidr);
            }
            else if (innerLength <= length || !Contains(address, length, inner))
            {
                errors.Invalid(at, block.Except[i], "must be a strict subset of `cidr`");
            }
        }
    }

    private static bool Contains(System.Net.IPAddress network, int length, System.Net.IPAddress address)
    {
        var (outer, inner) = (network.GetAddressBytes(), address.GetAddressBytes());
        if (outer.Length != inner.Length)
        {
            return false;
        }

        for (var bit = 0; bit < length; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((outer[bit / 8] & mask) != (inner[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }
}
