using Netes.Api;
using Netes.Api.Core;
using Netes.Simulation.World;

namespace Netes.Simulation.Checks;

/// <summary>What must be true of tokens, roles and addresses in the end.</summary>
internal static partial class ConvergenceCheck
{
    private const string Signature = "jws-kubeconfig-";

    private static IEnumerable<Gap?> Administration(Mirror mirror) =>
        mirror.Secrets.Items.Where(secret => secret.Type == SecretType.KubernetesIoServiceAccountToken)
            .Select(secret => Missing(mirror, secret))
            .Append(Sum(mirror))
            .Append(Signatures(mirror))
            .Append(Addresses(mirror))
            .Concat(mirror.Services.Items.Where(service => service.Spec.Type == ServiceType.LoadBalancer)
                .Select(service => Outside(mirror, service)))
            .Concat(mirror.Services.Items.Where(service => service.Spec.Selector.IsEmpty)
                .Select(service => Copied(mirror, service)));

    private static Gap? Missing(Mirror mirror, Secret token)
    {
        var name = token.Metadata.Name;
        var account = token.Metadata.Annotations.Get("kubernetes.io/service-account.name");
        return !mirror.Accounts.Items.Any(item => item.Metadata.Name == account)
                ? new(Finding.TokenOfNobody, $"token {name} is of account {account}, which is gone")
            : token.Data.Get("token").IsEmpty ? new(Finding.TokenMissing, $"secret {name} has no token")
            : null;
    }

    private static Gap? Sum(Mirror mirror)
    {
        var parts = mirror.Roles.Items.Where(role => role.Metadata.Labels.ContainsKey(Offices.PartOf))
            .SelectMany(role => role.Rules).Select(rule => rule.Resources[0]).Order(StringComparer.Ordinal);
        var sum = mirror.Roles.Find(Offices.Sum)?.Rules.Select(rule => rule.Resources[0]).Order(StringComparer.Ordinal);
        return sum is not null && sum.SequenceEqual(parts)
            ? null
            : new(Finding.SumDiffers, "the sum of roles is not that of its parts");
    }

    private static Gap? Signatures(Mirror mirror)
    {
        var tokens = mirror.Secrets.Items.Where(secret => secret.Type == SecretType.BootstrapKubernetesIoToken)
            .Select(secret => secret.Data.Get("token-id").ToUtf8()).Order(StringComparer.Ordinal);
        var signed = mirror.Maps.Find("kube-public/cluster-info")?.Data
            .Where(pair => pair.Key.StartsWith(Signature, StringComparison.Ordinal))
            .Select(pair => pair.Key[Signature.Length..]).Order(StringComparer.Ordinal);
        return signed is not null && signed.SequenceEqual(tokens)
            ? null
            : new(Finding.SignaturesDiffer, "the cluster's description is not signed by the tokens that there are");
    }

    private static Gap? Addresses(Mirror mirror)
    {
        var taken = Join(mirror.Services.Items.Select(service => service.Spec.ClusterIP)
            .Where(address => address.Length > 0 && address != "None"));
        var told = Join(mirror.Addresses.Items.Select(address => address.Metadata.Name));
        return taken == told
            ? null
            : new(Finding.AddressesDiffer, $"services have the addresses {taken}, and told are {told}");
    }

    /// <summary>Of those that want one port the oldest has the nodes' addresses.</summary>
    private static Gap? Outside(Mirror mirror, Service service)
    {
        var first = mirror.Services.Items
            .Where(other => other.Spec.Type == ServiceType.LoadBalancer
                && other.Spec.Ports[0].Port == service.Spec.Ports[0].Port)
            .OrderBy(other => other.Metadata.CreationTimestamp?.UnixSeconds)
            .ThenBy(other => other.Metadata.Name, StringComparer.Ordinal)
            .First();
        var expected = first != service ? "" : Join(mirror.Nodes.Items
            .SelectMany(node => node.Status.Addresses).Select(address => address.Address));
        var told = Join(service.Status.LoadBalancer.Ingress.Select(ingress => ingress.IP));
        return told == expected
            ? null
            : new(Finding.OutsideDiffers, $"service {service.Metadata.Name} is told to be at {told}, not {expected}");
    }

    /// <summary>Addresses that people wrote down are in slices, too.</summary>
    private static Gap? Copied(Mirror mirror, Service service)
    {
        var (ns, name) = (service.Metadata.Namespace, service.Metadata.Name);
        var written = Join(mirror.Endpoints.Find($"{ns}/{name}")?.Subsets
            .SelectMany(subset => subset.Addresses).Select(address => address.IP) ?? []);
        var copied = Join(mirror.Slices.Items
            .Where(slice => slice.Metadata.Namespace == ns
                && slice.Metadata.Labels.Get("kubernetes.io/service-name", "") == name)
            .SelectMany(slice => slice.Endpoints).SelectMany(endpoint => endpoint.Addresses));
        return written == copied
            ? null
            : new(Finding.CopiesDiffer, $"slices of service {name} have {copied} and not {written}");
    }
}
