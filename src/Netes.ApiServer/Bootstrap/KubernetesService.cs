using System.Net;
using System.Net.Sockets;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Discovery;
using Netes.Api.Meta;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Bootstrap;

/// <summary>
/// The service <c>default/kubernetes</c>, by which pods find the API server, and its endpoints.
/// Source: pkg/controlplane/controller/kubernetesservice/controller.go; pkg/controlplane/reconcilers.
/// </summary>
internal sealed class KubernetesService(ApiServerOptions options, ObjectViews views, InternalWriter writer)
{
    private const string Name = "kubernetes";
    private const string Namespace = "default";

    public async Task ReconcileAsync(int port, CancellationToken cancel)
    {
        await EnsureServiceAsync(port, cancel);
        if (IPAddress.IsLoopback(options.AdvertiseAddress))
        {
            // A server that only this machine reaches is no endpoint for pods.
            return;
        }

        await EnsureAsync(Endpoints(port), static (next, old) => next.Subsets == old.Subsets, cancel);
        await EnsureAsync(Slice(port), static (next, old) =>
            next.Endpoints == old.Endpoints && next.Ports == old.Ports, cancel);
    }

    private async Task EnsureServiceAsync(int port, CancellationToken cancel)
    {
        if (views.Get<Service>(Namespace, Name) is null)
        {
            await writer.CreateAsync(
                new Service
                {
                    Metadata = Metadata(("component", "apiserver"), ("provider", Name)),
                    Spec = new()
                    {
                        ClusterIP = FirstAddress().ToString(),
                        ClusterIPs = [FirstAddress().ToString()],
                        Ports = [new() { Name = "https", Protocol = Protocol.TCP, Port = 443, TargetPort = port }],
                        SessionAffinity = ServiceAffinity.None,
                        Type = ServiceType.ClusterIP,
                    },
                },
                cancel);
        }
    }

    private async Task EnsureAsync<T>(T wanted, Func<T, T, bool> isSame, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var present = views.Get<T>(Namespace, Name);
        if (present is null)
        {
            await writer.CreateAsync(wanted, cancel);
        }
        else if (!isSame(wanted, present))
        {
            await writer.UpdateAsync(wanted, cancel);
        }
    }

    private Endpoints Endpoints(int port) => new()
    {
        Metadata = Metadata(("endpointslice.kubernetes.io/skip-mirror", "true")),
        Subsets =
        [
            new()
            {
                Addresses = [new() { IP = options.AdvertiseAddress.ToString() }],
                Ports = [new() { Name = "https", Port = port, Protocol = Protocol.TCP }],
            },
        ],
    };

    private EndpointSlice Slice(int port) => new()
    {
        Metadata = Metadata(("kubernetes.io/service-name", Name)),
        AddressType = options.AdvertiseAddress.AddressFamily == AddressFamily.InterNetworkV6
            ? IPFamily.IPv6
            : IPFamily.IPv4,
        Endpoints =
        [
            new()
            {
                Addresses = [options.AdvertiseAddress.ToString()],
                Conditions = new() { Ready = true },
            },
        ],
        Ports = [new() { Name = "https", Port = port, Protocol = Protocol.TCP }],
    };

    private IPAddress FirstAddress()
    {
        var bytes = options.ServiceNetwork.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new(bytes);
    }

    private static ObjectMeta Metadata(params (string Key, string Value)[] labels) => new()
    {
        Name = Name,
        Namespace = Namespace,
        Labels = ValueMap.Of(labels),
    };
}
