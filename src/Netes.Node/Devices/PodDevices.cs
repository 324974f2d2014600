using System.Collections.Immutable;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;
using Netes.Client;
using Netes.Nodes.Dra;
using Netes.Nodes.Runtime;

namespace Netes.Nodes.Devices;

using Device = Netes.Nodes.Dra.Device;

/// <summary>
/// The devices that pods claim: prepared by their drivers before a pod starts, given back when nothing of it runs any
/// more and before its status says so, because the claim may then become another pod's.
/// Threading: calls may overlap. Source: pkg/kubelet/cm/dra/manager.go; KEP-4381.
/// </summary>
internal sealed partial class PodDevices(
    KubernetesClient client, DeviceDrivers drivers, PreparedClaims claims, DeviceMetrics metrics,
    ILogger<PodDevices> logger)
{
    private const double RetryJitter = 0.5;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly ClaimLocks locks = new();
    private readonly Random random = new();

    /// <summary>
    /// How long to wait after a failure, as a kubelet's pod workers wait: each time another while, so that the pods of
    /// a driver do not all come at once.
    /// </summary>
    public TimeSpan RetryAfter
    {
        get
        {
            lock (random)
            {
                return Retry * (1 + (RetryJitter * random.NextDouble()));
            }
        }
    }

    /// <summary>The pods for which something is prepared.</summary>
    public ImmutableHashSet<string> PodUids =>
        claims.All.SelectMany(claim => claim.PodUids).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>Has everything prepared that the pod claims; what is prepared already is not asked for again.</summary>
    /// <exception cref="DeviceException">Something is missing or failed.</exception>
    public Task PrepareAsync(Pod pod, CancellationToken cancel) => metrics.OperationAsync(
        "PrepareResources", () => ExplainAsync("prepare", () => PrepareClaimsAsync(pod, cancel)));

    /// <summary>Gives back what the pod alone uses, and forgets that it uses the rest.</summary>
    /// <exception cref="DeviceException">A driver is missing or failed: nothing is forgotten.</exception>
    public Task UnprepareAsync(string podUid, CancellationToken cancel) => metrics.OperationAsync(
        "UnprepareResources", () => ExplainAsync("unprepare", () => UnprepareClaimsAsync(podUid, cancel)));

    /// <summary>Gives back what pods used that are not there any more.</summary>
    /// <param name="vanished">Their uids.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async Task UnprepareVanishedAsync(IEnumerable<string> vanished, CancellationToken cancel)
    {
        foreach (var pod in vanished)
        {
            try
            {
                await UnprepareClaimsAsync(pod, cancel);
            }
            catch (DeviceException error)
            {
                LogNotGivenBack(pod, error.Message);
            }
        }
    }

    /// <summary>Whether all that the pod claims is on record as prepared, be it by the agent before this one.</summary>
    /// <exception cref="DeviceException">A claim is not there yet.</exception>
    public bool Holds(Pod pod) =>
        PodClaims.Of(pod).All(claim => claims.Get(claim.Key)?.PodUids.Contains(pod.Metadata.Uid) == true);

    /// <summary>What the runtime is to give to a container, in the names of the Container Device Interface.</summary>
    /// <exception cref="DeviceException">A claim was not prepared.</exception>
    public ImmutableArray<string> CdiDevicesOf(Pod pod, Container container)
    {
        var found = new List<string>();
        foreach (var claim in PodClaims.Of(pod))
        {
            foreach (var request in PodClaims.RequestsOf(pod, container, claim))
            {
                var prepared = claims.Get(claim.Key) ?? throw new DeviceException(
                    $"internal error: unable to get claim info for ResourceClaim {claim.Key.Name}");
                found.AddRange(prepared.Drivers.Values.SelectMany(static devices => devices)
                    .Where(device => device.Serves(request)).SelectMany(device => device.CdiDevices));
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static async Task ExplainAsync(string verb, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (DeviceException error)
        {
            throw new DeviceException($"{verb} dynamic resources: {error.Message}", error);
        }
    }

    private async Task PrepareClaimsAsync(Pod pod, CancellationToken cancel)
    {
        var names = PodClaims.Of(pod).ToImmutableArray();
        if (names.IsEmpty)
        {
            return;
        }

        using var turn = await locks.HoldAsync(names.Select(name => name.Key), cancel);
        // First everything is looked at: a pod that cannot have its claims leaves nothing to be given back.
        var wanted = new Dictionary<ObjectKey, PreparedClaim>();
        var plugins = new Dictionary<string, DeviceDriver>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var claim = PreparedClaim.Of(await FetchAsync(pod, name, cancel));
            wanted[name.Key] = claim;
            foreach (var driver in claim.Drivers.Keys)
            {
                plugins.TryAdd(driver, drivers.Get(driver));
            }
        }

        // Who is asked is on disk before he is asked.
        claims.Change(wanted.Keys, (key, known) => Use(known, wanted[key], pod.Metadata.Uid));
        var open = wanted.Keys.Select(key => claims.Get(key)!).Where(claim => !claim.IsPrepared).ToImmutableArray();
        var results = open.ToDictionary(claim => claim.Key, claim => claim);
        foreach (var (driver, plugin) in plugins)
        {
            var asked = open.Where(claim => claim.Drivers.ContainsKey(driver)).ToImmutableArray();
            if (!asked.IsEmpty)
            {
                foreach (var (claim, devices) in await AskAsync(plugin, asked, cancel))
                {
                    results[claim] = results[claim] with { Drivers = results[claim].Drivers.SetItem(driver, devices) };
                }
            }
        }

        if (!open.IsEmpty)
        {
            claims.Change(results.Keys, (key, known) =>
                known! with { Drivers = results[key].Drivers, IsPrepared = true });
        }
    }

    private async Task<ResourceClaim> FetchAsync(Pod pod, PodClaim name, CancellationToken cancel)
    {
        ResourceClaim claim;
        try
        {
            claim = await client.GetAsync<ResourceClaim>(name.Key.Namespace, name.Key.Name, cancel);
        }
        catch (Exception error) when (error is ApiException or HttpRequestException)
        {
            throw new DeviceException($"fetch ResourceClaim {name.Key.Name}: {error.Message}", error);
        }

        var uid = pod.Metadata.Uid;
        if (name.IsMade && ObjectReferences.ControllerOf(claim.Metadata)?.Uid != uid)
        {
            throw new DeviceException(
                $"ResourceClaim {name.Key} was not created for Pod {ObjectKey.Of(pod)} (Pod is not owner)");
        }

        return ((IEnumerable<ResourceClaimConsumerReference>)claim.Status.ReservedFor).Any(user => user.Uid == uid)
            ? claim
            : throw new DeviceException($"pod {pod.Metadata.Name} ({uid}) is not allowed to use ResourceClaim "
                + $"{name.Key.Name} ({claim.Metadata.Uid})");
    }

    private static PreparedClaim Use(PreparedClaim? known, PreparedClaim wanted, string podUid)
    {
        if (known is not null && known.Uid != wanted.Uid)
        {
            throw new DeviceException($"old ResourceClaim with same name {wanted.Key.Name} and different UID "
                + $"{known.Uid} still exists (previous pod force-deleted?!)");
        }

        var claim = known ?? wanted;
        return claim with { PodUids = claim.PodUids.Add(podUid) };
    }

    private static async Task<IEnumerable<(ObjectKey Claim, ImmutableArray<PreparedDevice> Devices)>> AskAsync(
        DeviceDriver driver, ImmutableArray<PreparedClaim> asked, CancellationToken cancel)
    {
        const string Call = "NodePrepareResources";
        NodePrepareResourcesResponse answer;
        try
        {
            answer = await driver.PrepareAsync(new() { Claims = { asked.Select(ToWire) } }, cancel);
        }
        catch (RuntimeException error)
        {
            throw new DeviceException($"{Call}: {error.Message}", error);
        }

        CheckAnswer(Call, asked, answer.Claims, static result => result.Error);
        return asked.Select(claim => (
            claim.Key, answer.Claims[claim.Uid].Devices.Select(FromWire).ToImmutableArray()));
    }

    private async Task UnprepareClaimsAsync(string podUid, CancellationToken cancel)
    {
        var used = claims.Of(podUid);
        if (used.IsEmpty)
        {
            return;
        }

        using var turn = await locks.HoldAsync(used.Select(claim => claim.Key), cancel);
        used = claims.Of(podUid);
        var last = used.Where(claim => claim.PodUids.Count == 1).ToImmutableArray();
        foreach (var driver in last.SelectMany(claim => claim.Drivers.Keys).Distinct(StringComparer.Ordinal))
        {
            var asked = last.Where(claim => claim.Drivers.ContainsKey(driver)).ToImmutableArray();
            await GiveBackAsync(drivers.Get(driver), asked, cancel);
        }

        claims.Change(used.Select(claim => claim.Key), (_, known) =>
            known is null || known.PodUids.Remove(podUid) is not { IsEmpty: false } rest
                ? null : known with { PodUids = rest });
    }

    private static async Task GiveBackAsync(
        DeviceDriver driver, ImmutableArray<PreparedClaim> asked, CancellationToken cancel)
    {
        const string Call = "NodeUnprepareResources";
        NodeUnprepareResourcesResponse answer;
        try
        {
            answer = await driver.UnprepareAsync(new() { Claims = { asked.Select(ToWire) } }, cancel);
        }
        catch (RuntimeException error)
        {
            throw new DeviceException($"{Call}: {error.Message}", error);
        }

        CheckAnswer(Call, asked, answer.Claims, static result => result.Error);
    }

    private static void CheckAnswer<T>(
        string call, ImmutableArray<PreparedClaim> asked, IDictionary<string, T> answered, Func<T, string> errorOf)
        where T : class, IMessage
    {
        if (answered.Keys.FirstOrDefault(uid => !asked.Any(claim => claim.Uid == uid)) is { } unknown)
        {
            throw new DeviceException($"{call} returned result for unknown claim UID {unknown}");
        }

        foreach (var claim in asked)
        {
            if (answered.TryGetValue(claim.Uid, out var result) && errorOf(result) is { Length: > 0 } error)
            {
                throw new DeviceException($"{call} failed for ResourceClaim {claim.Key.Name}: {error}");
            }
        }

        if (asked.Length - answered.Count is > 0 and var left)
        {
            throw new DeviceException($"{call} skipped {left} ResourceClaims");
        }
    }

    private static Claim ToWire(PreparedClaim claim) =>
        new() { Namespace = claim.Key.Namespace, Name = claim.Key.Name, Uid = claim.Uid };

    private static PreparedDevice FromWire(Device device) => new()
    {
        Pool = device.PoolName,
        Device = device.DeviceName,
        ShareId = device.HasShareId ? device.ShareId : null,
        Requests = [.. device.RequestNames],
        CdiDevices = [.. device.CdiDeviceIds],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "devices of pod {PodUid}, which is gone, not given back, trying again: {Why}")]
    private partial void LogNotGivenBack(string podUid, string why);
}
