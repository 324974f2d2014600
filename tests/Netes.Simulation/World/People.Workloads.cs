using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>What people do with stateful sets, and in a namespace that has a quota.</summary>
internal sealed partial class People
{
    /// <summary>Before anybody works: a namespace with a quota, and a deployment that wants more than that.</summary>
    public async Task MoveInAsync(CancellationToken cancel)
    {
        await _stores.MoveInAsync(cancel);
        await _shops.MoveInAsync(cancel);
        await _offices.MoveInAsync(cancel);
        await client.CreateAsync(new Namespace { Metadata = new() { Name = QuotaCheck.Namespace } }, cancel);
        var hard = ValueMap.Of(("pods", Quantity.Parse($"{QuotaCheck.Pods}")));
        var quota = await client.CreateAsync(
            new ResourceQuota
            {
                Metadata = new() { Namespace = QuotaCheck.Namespace, Name = "pods" },
                Spec = new() { Hard = hard },
            },
            cancel);

        // A quota holds from when its controller has first looked at it.
        var used = ValueMap.Of(("pods", Quantity.Parse("0")));
        await client.UpdateStatusAsync(quota with { Status = new() { Hard = hard, Used = used } }, cancel);
        var labels = ValueMap.Of(("app", "narrow"));
        await client.CreateAsync(
            new Deployment
            {
                Metadata = new() { Namespace = QuotaCheck.Namespace, Name = "narrow" },
                Spec = new()
                {
                    Replicas = QuotaCheck.Pods + 2,
                    Selector = new LabelSelector { MatchLabels = labels },
                    Template = WithoutRequests(Template(labels)),
                },
            },
            cancel);
    }

    private Task TendNarrowAsync(CancellationToken cancel) => client.PatchAsync<Deployment>(
        QuotaCheck.Namespace, "narrow",
        Patch.Strategic(random.Next(2) == 0
            ? ImagePatch($"web:{++_images}")
            : $$""" {"spec":{"replicas":{{random.Next(QuotaCheck.Pods + 1, 9)}} } } """),
        "", cancel);

    /// <summary>There is one stateful set at most: made, scaled, changed, deleted.</summary>
    private async Task TendSetAsync(CancellationToken cancel)
    {
        var set = mirror.StatefulSets.Items.FirstOrDefault();
        var labels = ValueMap.Of(("app", "db"));
        await (set switch
        {
            null => client.CreateAsync(
                new StatefulSet
                {
                    Metadata = new() { Namespace = "default", Name = "db" },
                    Spec = new()
                    {
                        Replicas = random.Next(1, 5),
                        ServiceName = "db",
                        PodManagementPolicy = random.Next(2) == 0
                            ? PodManagementPolicyType.OrderedReady
                            : PodManagementPolicyType.Parallel,
                        Selector = new LabelSelector { MatchLabels = labels },
                        Template = WithoutRequests(Template(labels)),
                        VolumeClaimTemplates = [Storerooms.Template("data")],
                        PersistentVolumeClaimRetentionPolicy = new()
                        {
                            WhenDeleted = Retention(), WhenScaled = Retention(),
                        },
                    },
                },
                cancel),
            { Metadata.DeletionTimestamp: null } when random.Next(5) == 0 => client.DeleteAsync<StatefulSet>(
                "default", "db", new DeleteOptions { PropagationPolicy = Propagation() }, cancel),
            _ => client.PatchAsync<StatefulSet>(
                "default", "db",
                Patch.Strategic(random.Next(2) == 0
                    ? ImagePatch($"web:{++_images}")
                    : $$""" {"spec":{"replicas":{{random.Next(5)}} } } """),
                "", cancel),
        });
    }

    private string Retention() => random.Next(2) == 0
        ? PersistentVolumeClaimRetentionPolicyType.Delete
        : PersistentVolumeClaimRetentionPolicyType.Retain;

    private string Propagation() =>
        random.Next(2) == 0 ? DeletionPropagation.Background : DeletionPropagation.Foreground;
}
