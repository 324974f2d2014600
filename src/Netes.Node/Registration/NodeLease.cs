using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Coordination;
using Netes.Api.Core;
using Netes.Client;

namespace Netes.Nodes.Registration;

/// <summary>
/// The node's sign of life: a small object renewed every ten seconds.
/// Source: staging/src/k8s.io/component-helpers/apimachinery/lease/controller.go, KEP-589.
/// </summary>
internal sealed partial class NodeLease(
    NodeAgentOptions options, KubernetesClient client, NodeRegistration registration, TimeProvider time,
    ILogger<NodeLease> logger)
{
    private const string Namespace = "kube-node-lease";
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            var node = await registration.RegisteredAsync(cancel);
            Lease? lease = null;
            while (true)
            {
                var wait = options.LeaseRenewal;
                try
                {
                    lease = await RenewAsync(lease, node, cancel);
                }
                catch (Exception error) when (!cancel.IsCancellationRequested)
                {
                    LogFailed(error, Namespace, options.NodeName);
                    lease = null; // somebody else wrote it, or it is gone: read it anew
                    wait = Retry;
                }

                await Task.Delay(wait, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<Lease> RenewAsync(Lease? lease, Node node, CancellationToken cancel)
    {
        var now = MicroTimestamp.From(time.GetUtcNow());
        try
        {
            lease ??= await client.GetAsync<Lease>(Namespace, options.NodeName, cancel);
            return await client.UpdateAsync(lease with { Spec = Renewed(lease.Spec, now) }, cancel);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return await client.CreateAsync(new Lease
            {
                Metadata = new()
                {
                    Namespace = Namespace,
                    Name = options.NodeName,
                    OwnerReferences =
                    [
                        new() { ApiVersion = "v1", Kind = "Node", Name = node.Metadata.Name, Uid = node.Metadata.Uid },
                    ],
                },
                Spec = Renewed(LeaseSpec.Empty, now),
            }, cancel);
        }
    }

    private LeaseSpec Renewed(LeaseSpec spec, MicroTimestamp now) => spec with
    {
        HolderIdentity = options.NodeName, LeaseDurationSeconds = options.LeaseDurationSeconds, RenewTime = now,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lease {Namespace} {Name} not renewed, trying again")]
    private partial void LogFailed(Exception error, string @namespace, string name);
}
