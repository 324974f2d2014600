using Netes.Api;
using Netes.Api.Meta;
using Netes.Api.Storage;
using Netes.Client;

namespace Netes.Simulation.World;

/// <summary>
/// What a vendor's driver does beside the cluster: it attaches and detaches disks, each after a while. Source:
/// kubernetes-csi/external-attacher, pkg/controller/csi_handler.go.
/// </summary>
internal sealed class DiskDriver(KubernetesClient client, TimeProvider time, Random random)
{
    private const string Finalizer = "external-attacher/disks-example-com";

    public async Task RunAsync(CancellationToken cancel)
    {
        var logger = Loggers.None.CreateLogger("driver");
        var attachments = new Informer<VolumeAttachment>(
            client, VolumeAttachment.Resource, new InformerOptions(), time, new Random(random.Next()), logger);
        using var queue = new WorkQueue<ObjectKey>(new WorkQueueOptions(), time);
        attachments.AddHandler(change => queue.Add(change.Key));
        var loop = new ReconcileLoop<ObjectKey>(
            "driver", queue, (key, cancel) => ReconcileAsync(attachments, key, cancel), 1, logger);
        await Task.WhenAll(attachments.RunAsync(cancel), loop.RunAsync(cancel));
    }

    private async Task<ReconcileResult> ReconcileAsync(
        Informer<VolumeAttachment> attachments, ObjectKey key, CancellationToken cancel)
    {
        if (!attachments.Cache.TryGet(key, out var attachment))
        {
            return ReconcileResult.Done;
        }

        var (metadata, isHeld) = (attachment.Metadata, attachment.Metadata.Finalizers.Contains(Finalizer));
        if (metadata.DeletionTimestamp is not null)
        {
            if (isHeld)
            {
                await Task.Delay(TimeSpan.FromSeconds(random.NextDouble()), time, cancel);
                await HoldAsync(attachment, [], cancel);
            }
        }
        else if (!isHeld)
        {
            await HoldAsync(attachment, [Finalizer], cancel);
        }
        else if (!attachment.Status.Attached)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 2), time, cancel);
            await client.UpdateStatusAsync(
                attachment with { Status = attachment.Status with { Attached = true } }, cancel);
        }

        return ReconcileResult.Done;
    }

    private Task HoldAsync(VolumeAttachment attachment, ValueList<string> finalizers, CancellationToken cancel) =>
        client.UpdateAsync(
            attachment with { Metadata = attachment.Metadata with { Finalizers = finalizers } }, cancel);
}
