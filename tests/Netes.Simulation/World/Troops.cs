using System.Globalization;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.Checks;
using Patch = Netes.Client.Patch;

namespace Netes.Simulation.World;

/// <summary>
/// What people do with a replication controller: they scale it, take pods from it, give pods to it, and delete it with
/// its pods or without.
/// </summary>
/// <param name="client">In their name.</param>
/// <param name="mirror">What they see.</param>
/// <param name="random">What they decide.</param>
internal sealed class Troops(KubernetesClient client, Mirror mirror, Random random)
{
    /// <summary>What its pods are labelled with.</summary>
    public const string Guard = "guard";

    // What was taken from it.
    private const string Guest = "guest";
    private const string Namespace = "default";
    private const int MaxGuests = 3;

    private static readonly string[] Propagations =
        [DeletionPropagation.Background, DeletionPropagation.Foreground, DeletionPropagation.Orphan];

    private int _names;

    public Task ActAsync(CancellationToken cancel)
    {
        if (mirror.Controllers.Items.FirstOrDefault() is not { } controller)
        {
            return CreateAsync(cancel);
        }

        var guards = Pods(Guard).ToList();
        return random.Next(8) switch
        {
            < 3 => client.PatchAsync<ReplicationController>(
                Namespace, Guard, Patch.Merge($$"""{"spec":{"replicas":{{random.Next(6)}} } }"""), "", cancel),
            < 5 when guards.Count > 0 && Pods(Guest).Count() < MaxGuests => client.PatchAsync<Pod>(
                Namespace, guards[random.Next(guards.Count)].Metadata.Name,
                Patch.Merge($$"""{"metadata":{"labels":{"app":"{{Guest}}"} } }"""), "", cancel),
            < 7 => client.CreateAsync(
                new Pod
                {
                    Metadata = new()
                    {
                        Namespace = Namespace,
                        Name = string.Create(CultureInfo.InvariantCulture, $"recruit{_names++}"),
                        Labels = Labels,
                    },
                    Spec = Spec,
                },
                cancel),
            _ when controller.Metadata.DeletionTimestamp is null => client.DeleteAsync<ReplicationController>(
                Namespace, Guard,
                new DeleteOptions { PropagationPolicy = Propagations[random.Next(Propagations.Length)] }, cancel),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>In the end every pod that it would have has it; called again until that is so.</summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        foreach (var guest in Pods(Guest).ToList())
        {
            await client.DeleteAsync<Pod>(Namespace, guest.Metadata.Name, null, cancel);
        }

        if (mirror.Controllers.Items.Count == 0 && Pods(Guard).Any())
        {
            await CreateAsync(cancel);
        }
    }

    private static ValueMap<string> Labels { get; } = ValueMap.Of(("app", Guard));

    private static PodSpec Spec { get; } = new()
    {
        TerminationGracePeriodSeconds = 5, Containers = [new Container { Name = "main", Image = "guard:1" }],
    };

    private IEnumerable<Pod> Pods(string app) => mirror.Pods.Items.Where(pod =>
        pod.Metadata.DeletionTimestamp is null && pod.Metadata.Labels.Get("app", "") == app);

    private Task CreateAsync(CancellationToken cancel) => client.CreateAsync(
        new ReplicationController
        {
            Metadata = new() { Namespace = Namespace, Name = Guard },
            Spec = new()
            {
                Replicas = random.Next(1, 5),
                MinReadySeconds = random.Next(2) * 5,
                Selector = Labels,
                Template = new() { Metadata = new() { Labels = Labels }, Spec = Spec },
            },
        },
        cancel);
}
