using System.Globalization;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>What people do with a cluster: they create, scale, update, pause, roll back and delete.</summary>
internal sealed partial class People(
    KubernetesClient client, Mirror mirror, TimeProvider time, Random random, bool losses)
{
    private const int MaxDeployments = 4;
    private readonly Errands _errands = new(client, mirror, new Random(random.Next()), losses);
    private readonly Storerooms _stores = new(client, mirror, new Random(random.Next()));
    private readonly Workshops _shops = new(client, mirror, new Random(random.Next()));
    private readonly Offices _offices = new(client, mirror, time, new Random(random.Next()));
    private readonly Rounds _rounds = new(client, mirror, time, new Random(random.Next()));
    private readonly Troops _troops = new(client, mirror, new Random(random.Next()));
    private readonly Neighbors _neighbors = new(client, mirror, time, new Random(random.Next()));
    private int _images;
    private int _names;

    /// <summary>Where people are most of the time.</summary>
    public Room Favorite { get; init; }

    /// <summary>Does one thing; what fails was bad luck and is not tried again.</summary>
    public async Task ActAsync(CancellationToken cancel)
    {
        var deployments = mirror.Deployments.Items
            .Where(item => item.Metadata.DeletionTimestamp is null && item.Metadata.Namespace == "default")
            .ToList();
        if (await _rounds.CalmAsync(cancel))
        {
            return;
        }

        var choice = random.Next(100);
        if (deployments.Count == 0 || (choice < 20 && deployments.Count < MaxDeployments))
        {
            await CreateAsync(cancel);
            return;
        }

        if (random.Next(3) == 0 || (Favorite != Room.Any && random.Next(4) != 0))
        {
            await ((Favorite == Room.Any ? (Room)random.Next((int)Room.Stores, (int)Room.Errands) : Favorite) switch
            {
                Room.Stores => _stores.ActAsync(cancel),
                Room.Shops => _shops.ActAsync(cancel),
                Room.Rounds => _rounds.ActAsync(cancel),
                Room.Troops => _troops.ActAsync(cancel),
                Room.Neighbors => _neighbors.ActAsync(cancel),
                Room.Errands => _errands.ActAsync(cancel),
                _ => _offices.ActAsync(cancel),
            });
            return;
        }

        if (random.Next(5) == 0)
        {
            await _errands.ActAsync(cancel);
            return;
        }

        if (random.Next(8) == 0)
        {
            await TendDaemonsAsync(cancel);
            return;
        }

        if (random.Next(5) == 0)
        {
            await (random.Next(3) == 0 ? TendNarrowAsync(cancel) : TendSetAsync(cancel));
            return;
        }

        var one = deployments[random.Next(deployments.Count)];
        await (choice switch
        {
            < 40 => PatchAsync(one, $$""" {"spec":{"replicas":{{random.Next(7)}} } } """, cancel),
            < 65 => PatchAsync(one, ImagePatch($"web:{++_images}"), cancel),
            < 72 => PatchAsync(one, ImagePatch($"web:{random.Next(_images + 1)}"), cancel),
            < 79 => PatchAsync(one, """{"spec":{"paused":true}}""", cancel),
            < 88 => ResumeAllAsync(cancel),
            < 94 => DeleteAsync(one, cancel),
            _ => losses ? LoseAsync(cancel) : CordonAsync(cancel),
        });
    }

    /// <summary>All that was paused or cordoned goes on; what is done again and again is not any more.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        await ResumeAllAsync(cancel);
        await _rounds.SettleAsync(cancel);
        foreach (var node in mirror.Nodes.Items.Where(node => node.Spec.Unschedulable).ToList())
        {
            await client.PatchAsync<Node>("", node.Metadata.Name, Patch.Merge(
                """{"spec":{"unschedulable":null}}"""), "", cancel);
        }
    }

    /// <summary>Something of what was left lying is put in order; called again until all is.</summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        try
        {
            await _stores.TidyAsync(cancel);
            await _shops.TidyAsync(cancel);
            await _offices.TidyAsync(cancel);
            await _troops.TidyAsync(cancel);
        }
        catch (ApiException failure) when (failure.IsConflict || failure.IsNotFound || failure.IsAlreadyExists)
        {
            // Somebody else was faster, and the next look shows it.
            return;
        }
    }

    private async Task CreateAsync(CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"app{_names++}");
        var labels = ValueMap.Of(("app", name));
        var (surge, unavailable) = random.Next(4) switch
        {
            0 => ((IntOrString)"25%", (IntOrString)"25%"),
            1 => (1, 0),
            2 => (0, 1),
            _ => (2, 2),
        };
        await client.CreateAsync(
            new Deployment
            {
                Metadata = new() { Namespace = "default", Name = name },
                Spec = new()
                {
                    Replicas = random.Next(1, 7),
                    RevisionHistoryLimit = random.Next(2, 4),
                    Selector = new LabelSelector { MatchLabels = labels },
                    Strategy = random.Next(5) == 0
                        ? new() { Type = DeploymentStrategyType.Recreate }
                        : new()
                        {
                            Type = DeploymentStrategyType.RollingUpdate,
                            RollingUpdate = new() { MaxSurge = surge, MaxUnavailable = unavailable },
                        },
                    Template = Template(labels),
                },
            },
            cancel);
        await client.CreateAsync(
            new Service
            {
                Metadata = new() { Namespace = "default", Name = name },
                Spec = new() { Selector = labels, Ports = [new ServicePort { Port = 80 }] },
            },
            cancel);
    }

    /// <summary>There is one daemon set at most: made, changed, deleted.</summary>
    private async Task TendDaemonsAsync(CancellationToken cancel)
    {
        var set = mirror.DaemonSets.Items.FirstOrDefault();
        var labels = ValueMap.Of(("app", "agent"));
        await (set switch
        {
            null => client.CreateAsync(
                new DaemonSet
                {
                    Metadata = new() { Namespace = "default", Name = "agent" },
                    Spec = new()
                    {
                        Selector = new LabelSelector { MatchLabels = labels },
                        Template = WithoutRequests(Template(labels)),
                        UpdateStrategy = new()
                        {
                            Type = DaemonSetUpdateStrategyType.RollingUpdate,
                            RollingUpdate = new() { MaxUnavailable = random.Next(1, 3) },
                        },
                    },
                },
                cancel),
            { Metadata.DeletionTimestamp: null } when random.Next(5) == 0 =>
                client.DeleteAsync<DaemonSet>("default", "agent", null, cancel),
            _ => client.PatchAsync<DaemonSet>(
                "default", "agent", Patch.Strategic(ImagePatch($"web:{++_images}")), "", cancel),
        });
    }

    /// <summary>Daemons find room on every node, however full it is.</summary>
    private static PodTemplateSpec WithoutRequests(PodTemplateSpec template) => template with
    {
        Spec = template.Spec with
        {
            Containers = [template.Spec.Containers[0] with { Resources = ResourceRequirements.Empty }],
        },
    };

    private PodTemplateSpec Template(ValueMap<string> labels) => new()
    {
        Metadata = new() { Labels = labels },
        Spec = new()
        {
            TerminationGracePeriodSeconds = 5,
            Containers =
            [
                new Container
                {
                    Name = "main",
                    Image = $"web:{++_images}",
                    Resources = new()
                    {
                        Requests = ValueMap.Of(("cpu", Quantity.Parse(random.Next(2) == 0 ? "100m" : "400m"))),
                    },
                },
            ],
        },
    };

    private static string ImagePatch(string image) =>
        $$""" {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"{{image}}"}]} } } } """;

    private Task PatchAsync(Deployment deployment, string patch, CancellationToken cancel) =>
        client.PatchAsync<Deployment>(
            deployment.Metadata.Namespace, deployment.Metadata.Name, Patch.Strategic(patch), "", cancel);

    private async Task ResumeAllAsync(CancellationToken cancel)
    {
        foreach (var deployment in mirror.Deployments.Items.Where(deployment => deployment.Spec.Paused).ToList())
        {
            await PatchAsync(deployment, """{"spec":{"paused":false}}""", cancel);
        }
    }

    private async Task DeleteAsync(Deployment deployment, CancellationToken cancel)
    {
        var (ns, name) = (deployment.Metadata.Namespace, deployment.Metadata.Name);
        await client.DeleteAsync<Deployment>(
            ns, name, new DeleteOptions { PropagationPolicy = Propagation() }, cancel);
        await client.DeleteAsync<Service>(ns, name, null, cancel);
    }

    /// <summary>A pod is deleted, or fails.</summary>
    private async Task LoseAsync(CancellationToken cancel)
    {
        var pods = mirror.Pods.Items.Where(Mirror.IsActive).ToList();
        if (pods.Count == 0)
        {
            return;
        }

        var pod = pods[random.Next(pods.Count)];
        await (random.Next(2) == 0
            ? client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, null, cancel)
            : client.UpdateStatusAsync(pod with { Status = pod.Status with { Phase = PodPhase.Failed } }, cancel));
    }

    private async Task CordonAsync(CancellationToken cancel)
    {
        var nodes = mirror.Nodes.Items.ToList();
        var node = nodes[random.Next(nodes.Count)];
        await client.PatchAsync<Node>("", node.Metadata.Name, Patch.Merge(
            node.Spec.Unschedulable
                ? """{"spec":{"unschedulable":null}}"""
                : """{"spec":{"unschedulable":true}}"""), "", cancel);
    }
}

/// <summary>Where people work when they do not see to their applications.</summary>
internal enum Room
{
    Any,
    Stores,
    Shops,
    Offices,
    Rounds,
    Troops,
    Neighbors,
    Errands,
}
