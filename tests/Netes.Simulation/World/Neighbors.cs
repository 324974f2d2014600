using System.Globalization;
using Netes.Api;
using Netes.Api.ApiRegistration;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>
/// What people do with other servers: one serves an API of its own behind a Service, which comes, goes and breaks; and
/// others say by leases that they are there, and do not say when they go.
/// </summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="time">The clock.</param>
/// <param name="random">What they decide.</param>
internal sealed class Neighbors(KubernetesClient client, Mirror mirror, TimeProvider time, Random random)
{
    public const string Namespace = "default";

    /// <summary>The Service of the other API.</summary>
    public const string Service = "neighbor";

    /// <summary>With this annotation of the Service nobody answers.</summary>
    public const string Broken = "example.com/broken";

    /// <summary>Where it says what it serves.</summary>
    public const string Path = "/apis/neighbor.example.com/v1";

    private const string Api = "v1.neighbor.example.com";
    private const string Servers = "kube-system";

    private int _names;

    public Task ActAsync(CancellationToken cancel) => random.Next(9) switch
    {
        < 2 => RegisterAsync(cancel),
        < 4 => ServeAsync(cancel),
        < 5 => AppearAsync(cancel),
        < 7 when mirror.Services.Find($"{Namespace}/{Service}") is { } service => client.PatchAsync<Service>(
            Namespace, Service, Patch.Merge(
                service.Metadata.Annotations.ContainsKey(Broken)
                    ? $$"""{"metadata":{"annotations":{"{{Broken}}":null} } }"""
                    : $$"""{"metadata":{"annotations":{"{{Broken}}":"yes"} } }"""), "", cancel),
        _ => HoldAsync(cancel),
    };

    /// <summary>The API is registered, or is no more.</summary>
    private Task RegisterAsync(CancellationToken cancel) => mirror.ApiServices.Find(Api) is not null
        ? client.DeleteAsync<APIService>("", Api, null, cancel)
        : client.CreateAsync(
            new APIService
            {
                Metadata = new() { Name = Api },
                Spec = new()
                {
                    Group = "neighbor.example.com",
                    Version = "v1",
                    GroupPriorityMinimum = 100,
                    VersionPriority = 100,
                    InsecureSkipTLSVerify = true,
                    Service = new() { Namespace = Namespace, Name = Service },
                },
            },
            cancel);

    private async Task ServeAsync(CancellationToken cancel)
    {
        if (mirror.Services.Find($"{Namespace}/{Service}") is not null)
        {
            await client.DeleteAsync<Service>(Namespace, Service, null, cancel);
            return;
        }

        await client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = Namespace, Name = Service },
                Spec = new() { Ports = [new ServicePort { Port = 443 }] },
            },
            cancel);
        if (mirror.Endpoints.Find($"{Namespace}/{Service}") is null)
        {
            await AppearAsync(cancel);
        }
    }

    /// <summary>Its address is written down, or none is.</summary>
    private Task AppearAsync(CancellationToken cancel) => mirror.Endpoints.Find($"{Namespace}/{Service}") is not null
        ? client.DeleteAsync<Netes.Api.Core.Endpoints>(Namespace, Service, null, cancel)
        : client.CreateAsync(
            new Netes.Api.Core.Endpoints
            {
                Metadata = new() { Namespace = Namespace, Name = Service },
                Subsets =
                [
                    new EndpointSubset
                    {
                        Addresses = [new EndpointAddress { IP = "192.0.2.250" }],
                        Ports = [new Netes.Api.Core.EndpointPort { Port = 443 }],
                    },
                ],
            },
            cancel);

    /// <summary>Another server says that it is there, for some seconds or for an hour; or says so again.</summary>
    private async Task HoldAsync(CancellationToken cancel)
    {
        var now = MicroTimestamp.From(time.GetUtcNow());
        var leases = mirror.Leases.Items.Where(lease =>
            lease.Metadata.Name.StartsWith("apiserver-other", StringComparison.Ordinal)).ToList();
        if (leases.Count > 1)
        {
            var lease = leases[random.Next(leases.Count)];
            await client.UpdateAsync(lease with { Spec = lease.Spec with { RenewTime = now } }, cancel);
            return;
        }

        await client.CreateAsync(
            new Lease
            {
                Metadata = new()
                {
                    Namespace = Servers,
                    Name = string.Create(CultureInfo.InvariantCulture, $"apiserver-other{_names++}"),
                    Labels = ValueMap.Of(("apiserver.kubernetes.io/identity", "kube-apiserver")),
                },
                Spec = new()
                {
                    HolderIdentity = "other", LeaseDurationSeconds = random.Next(3) == 0 ? 3600 : 5, RenewTime = now,
                },
            },
            cancel);
    }
}

/// <summary>The other server, as requests reach it: it says that it serves nothing yet, or nobody is there.</summary>
internal sealed class Neighbor(Mirror mirror) : HttpMessageHandler
{
    public static bool Answers(Mirror mirror) =>
        mirror.Services.Find($"{Neighbors.Namespace}/{Neighbors.Service}") is { } service
        && !service.Metadata.Annotations.ContainsKey(Neighbors.Broken);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!Answers(mirror))
        {
            throw new HttpRequestException("connection refused");
        }

        const string Nothing =
            """{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"neighbor.example.com/v1","resources":[]}""";
        return Task.FromResult(request.RequestUri!.AbsolutePath == Neighbors.Path
            ? new HttpResponseMessage { Content = new StringContent(Nothing) }
            : new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
    }
}
