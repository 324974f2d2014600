using System.Globalization;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Api.Networking;
using Netes.Api.Rbac;
using Netes.Client;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>
/// What administrators do: accounts and their tokens, tokens for new machines, requests for certificates, roles that
/// are parts of others, namespaces, ranges of service addresses, and services that are reached from outside.
/// </summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="time">The clock.</param>
/// <param name="random">What they decide.</param>
internal sealed class Offices(KubernetesClient client, Mirror mirror, TimeProvider time, Random random)
{
    /// <summary>A role that is the sum of those with its label.</summary>
    public const string Sum = "sum";

    /// <summary>The label.</summary>
    public const string PartOf = "example.com/part-of";

    /// <summary>The range of service addresses that comes and goes.</summary>
    public const string Range = "more";

    private const string Space = "default";
    private int _names;

    /// <summary>Before anybody works: the sum, and what new machines are told of the cluster.</summary>
    public async Task MoveInAsync(CancellationToken cancel)
    {
        await client.CreateAsync(
            new ClusterRole
            {
                Metadata = new() { Name = Sum },
                AggregationRule = new()
                {
                    ClusterRoleSelectors = [new LabelSelector { MatchLabels = ValueMap.Of((PartOf, Sum)) }],
                },
            },
            cancel);
        await client.CreateAsync(
            new ConfigMap
            {
                Metadata = new() { Namespace = "kube-public", Name = "cluster-info" },
                Data = ValueMap.Of(("kubeconfig", "clusters: []")),
            },
            cancel);
    }

    public Task ActAsync(CancellationToken cancel) => random.Next(12) switch
    {
        < 2 => AccountAsync(cancel),
        < 4 => RequestAsync(cancel),
        < 5 => InviteAsync(cancel),
        < 7 => RoleAsync(cancel),
        < 8 => NamespaceAsync(cancel),
        < 10 => RangeAsync(cancel),
        _ => FrontAsync(cancel),
    };

    /// <summary>
    /// What is still to go goes, and in the end some machine may join; called again until that is so.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        // A range that is to go waits for its services.
        if (mirror.Ranges.Find(Range) is { Metadata.DeletionTimestamp: not null }
            && mirror.Services.Items.FirstOrDefault(IsOfRange) is { } service)
        {
            await client.DeleteAsync<Service>(Space, service.Metadata.Name, null, cancel);
        }

        if (!mirror.Secrets.Items.Any(secret => secret.Type == SecretType.BootstrapKubernetesIoToken))
        {
            await InviteAsync(cancel);
        }
    }

    /// <summary>It has an address of the range that comes and goes.</summary>
    public static bool IsOfRange(Service service) =>
        service.Spec.ClusterIP.StartsWith("10.200.0.", StringComparison.Ordinal);

    private string Name(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{_names++}");

    private T? One<T>(IEnumerable<T> items)
        where T : class
    {
        var list = items.ToList();
        return list.Count == 0 ? null : list[random.Next(list.Count)];
    }

    /// <summary>An account with a token, or the end of one.</summary>
    private async Task AccountAsync(CancellationToken cancel)
    {
        var clerks = mirror.Accounts.Items.Where(account =>
            account.Metadata.Name.StartsWith("clerk", StringComparison.Ordinal)).ToList();
        if (clerks.Count > 2)
        {
            await client.DeleteAsync<ServiceAccount>(
                Space, clerks[random.Next(clerks.Count)].Metadata.Name, null, cancel);
            return;
        }

        var name = Name("clerk");
        await client.CreateAsync(
            new ServiceAccount
            {
                Metadata = new() { Namespace = Space, Name = name },

                // Those of some are named as they once were made for accounts: nobody uses them, and they go in time.
                Secrets = random.Next(2) == 0 ? [new() { Name = $"{name}-token" }] : [],
            },
            cancel);
        await client.CreateAsync(
            new Secret
            {
                Metadata = new()
                {
                    Namespace = Space,
                    Name = $"{name}-token",
                    Annotations = ValueMap.Of(("kubernetes.io/service-account.name", name)),
                },
                Type = SecretType.KubernetesIoServiceAccountToken,
            },
            cancel);
    }

    /// <summary>Some requests are approved by a controller, some by people, some are denied.</summary>
    private async Task RequestAsync(CancellationToken cancel)
    {
        var isOfNode = random.Next(2) == 0;
        var request = await client.CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new() { Name = Name("request") },
                Spec = new()
                {
                    Request = ByteString.FromUtf8(Certificates.Request),
                    SignerName = isOfNode
                        ? "kubernetes.io/kube-apiserver-client-kubelet"
                        : "kubernetes.io/kube-apiserver-client",
                    Usages = ["digital signature", "client auth"],
                },
            },
            cancel);
        if (!isOfNode)
        {
            var now = Timestamp.From(time.GetUtcNow());
            var condition = new CertificateSigningRequestCondition
            {
                Type = random.Next(2) == 0 ? RequestConditionType.Approved : RequestConditionType.Denied,
                Status = "True",
                Reason = "Office",
                LastUpdateTime = now,
                LastTransitionTime = now,
            };
            await client.UpdateAsync(
                request with { Status = request.Status with { Conditions = [condition] } }, "approval", cancel);
        }
    }

    /// <summary>A new machine may join for some minutes.</summary>
    private Task InviteAsync(CancellationToken cancel)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{_names++:000000}");
        var end = time.GetUtcNow().AddMinutes(random.Next(1, 20));
        ByteString Text(string text) => ByteString.FromUtf8(text);
        return client.CreateAsync(
            new Secret
            {
                Metadata = new() { Namespace = "kube-system", Name = $"bootstrap-token-{id}" },
                Type = SecretType.BootstrapKubernetesIoToken,
                Data = ValueMap.Of(
                    ("token-id", Text(id)), ("token-secret", Text("0123456789abcdef")),
                    ("usage-bootstrap-signing", Text("true")),
                    ("expiration", Text(Timestamp.From(end).ToString()))),
            },
            cancel);
    }

    private Task RoleAsync(CancellationToken cancel)
    {
        var parts = mirror.Roles.Items.Where(role => role.Metadata.Labels.ContainsKey(PartOf)).ToList();
        return parts.Count > 3
            ? client.DeleteAsync<ClusterRole>("", parts[random.Next(parts.Count)].Metadata.Name, null, cancel)
            : client.CreateAsync(
                new ClusterRole
                {
                    Metadata = new() { Name = Name("part"), Labels = ValueMap.Of((PartOf, Sum)) },
                    Rules = [new() { ApiGroups = [""], Resources = [Name("things")], Verbs = ["get"] }],
                },
                cancel);
    }

    /// <summary>A namespace with something in it, or the end of one.</summary>
    private async Task NamespaceAsync(CancellationToken cancel)
    {
        var offices = mirror.Namespaces.Items.Where(space =>
            space.Metadata.Name.StartsWith("office", StringComparison.Ordinal)).ToList();
        if (offices.Count > 1)
        {
            await client.DeleteAsync<Namespace>("", offices[random.Next(offices.Count)].Metadata.Name, null, cancel);
            return;
        }

        var name = Name("office");
        await client.CreateAsync(new Namespace { Metadata = new() { Name = name } }, cancel);
        await client.CreateAsync(
            new ConfigMap { Metadata = new() { Namespace = name, Name = "paper" } }, cancel);
        await client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = name, Name = "desk" },
                Spec = new() { Ports = [new ServicePort { Port = 80 }] },
            },
            cancel);
    }

    /// <summary>More addresses for services, and a service that has one of them; or the end of both.</summary>
    private async Task RangeAsync(CancellationToken cancel)
    {
        if (mirror.Ranges.Find(Range) is not { } range)
        {
            await client.CreateAsync(
                new ServiceCIDR { Metadata = new() { Name = Range }, Spec = new() { CIDRs = ["10.200.0.0/28"] } },
                cancel);
        }
        else if (mirror.Services.Items.FirstOrDefault(IsOfRange) is { } service)
        {
            await (range.Metadata.DeletionTimestamp is null && random.Next(2) == 0
                ? client.DeleteAsync<ServiceCIDR>("", Range, null, cancel)
                : client.DeleteAsync<Service>(Space, service.Metadata.Name, null, cancel));
        }
        else
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"10.200.0.{random.Next(1, 15)}");
            await client.CreateAsync(
                new Service
                {
                    Metadata = new() { Namespace = Space, Name = Name("counter") },
                    Spec = new() { ClusterIP = address, Ports = [new ServicePort { Port = 80 }] },
                },
                cancel);
        }
    }

    /// <summary>
    /// A service that is reached from outside, or by addresses that people wrote down themselves; or the end of one.
    /// </summary>
    private async Task FrontAsync(CancellationToken cancel)
    {
        var fronts = mirror.Services.Items.Where(service =>
            service.Metadata.Name.StartsWith("front", StringComparison.Ordinal)).ToList();
        if (fronts.Count > 2)
        {
            var name = One(fronts)!.Metadata.Name;
            await client.DeleteAsync<Service>(Space, name, null, cancel);
            if (mirror.Endpoints.Find($"{Space}/{name}") is not null)
            {
                await client.DeleteAsync<Netes.Api.Core.Endpoints>(Space, name, null, cancel);
            }

            return;
        }

        var isOutside = random.Next(2) == 0;
        var service = await client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = Space, Name = Name("front") },
                Spec = new()
                {
                    Type = isOutside ? ServiceType.LoadBalancer : ServiceType.ClusterIP,
                    Ports = [new ServicePort { Port = random.Next(8000, 8002) }],
                },
            },
            cancel);
        if (!isOutside)
        {
            await client.CreateAsync(
                new Netes.Api.Core.Endpoints
                {
                    Metadata = new() { Namespace = Space, Name = service.Metadata.Name },
                    Subsets =
                    [
                        new EndpointSubset
                        {
                            Addresses = [new EndpointAddress { IP = $"192.0.2.{random.Next(1, 200)}" }],
                            Ports = [new Netes.Api.Core.EndpointPort { Port = 80 }],
                        },
                    ],
                },
                cancel);
        }
    }
}
