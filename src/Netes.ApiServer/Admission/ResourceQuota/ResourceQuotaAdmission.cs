using Netes.Api;
using Netes.Api.Core;
using Netes.Api.DynamicResources;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Refuses what goes over a quota, and books what does not in the quota's status before the object is stored: a write
/// that fails afterwards is booked back by the quota controller. Source: apiserver
/// pkg/admission/plugin/resourcequota/controller.go.
/// </summary>
internal sealed class ResourceQuotaAdmission(IObjectReader objects, IObjectWriter writer, TimeProvider time)
    : IValidatingAdmissionPlugin, IDisposable
{
    /// <summary>Bookings conflict only with other servers and the quota controller.</summary>
    private const int MaxAttempts = 8;

    private readonly DeviceQuota _devices = new(
        name => objects.Get<DeviceClass>("", name), objects.Get<Pod>, objects.List<ResourceClaim>);
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 16).Select(static _ => new SemaphoreSlim(1))];

    public string Name => "ResourceQuota";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Namespace.Length == 0
            || attributes.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update)
            || (attributes.Subresource.Length > 0 && !attributes.Is("", "pods", "resize"))
            || attributes is { Group: "", Resource: "namespaces" }
            || objects.List<ResourceQuota>(attributes.Namespace) is not { Count: > 0 } quotas
            || Delta(attributes) is not { IsEmpty: false } delta)
        {
            return;
        }

        var gate = _gates[(uint)string.GetHashCode(attributes.Namespace, StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancel);
        try
        {
            // All are looked at before one is booked: a refusal must not leave bookings behind.
            var concerned = quotas.Where(quota => QuotaScopes.Match(quota.Spec, attributes.Object))
                .OrderBy(static quota => quota.Metadata.Name, StringComparer.Ordinal).ToList();
            foreach (var quota in concerned)
            {
                Check(attributes, quota, delta);
            }

            foreach (var quota in concerned)
            {
                await BookAsync(attributes, quota, delta, cancel);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    /// <summary>What the write uses more than before. Source: controller.go, CheckRequest.</summary>
    private ValueMap<Quantity> Delta(AdmissionAttributes attributes)
    {
        var now = time.GetUtcNow();
        var next = Usage(attributes, attributes.Object, now);
        if (attributes.Operation == AdmissionOperation.Create)
        {
            return next;
        }

        var old = Usage(attributes, attributes.OldObject, now);
        return next.Select(pair => KeyValuePair.Create(pair.Key, pair.Value - old.Get(pair.Key)))
            .Where(static pair => pair.Value > Quantity.Zero).ToValueMap();
    }

    private ValueMap<Quantity> Usage(AdmissionAttributes attributes, object? value, DateTimeOffset now)
    {
        var usage = QuotaUsage.Of(attributes.Group, attributes.Resource, value, now);
        return value is ResourceClaim claim ? ResourceLists.Add(usage, _devices.Of(claim, now)) : usage;
    }

    /// <summary>Throws when the quota has no room; returns what it would have used.</summary>
    private static ValueMap<Quantity> Check(
        AdmissionAttributes attributes, ResourceQuota quota, ValueMap<Quantity> delta)
    {
        var hard = quota.Status.Hard;
        if (attributes.Operation == AdmissionOperation.Create && attributes.Object is Pod pod
            && QuotaUsage.FindUnset(pod.Spec, hard.Keys) is { Length: > 0 } unset)
        {
            throw attributes.Forbidden($"failed quota: {quota.Metadata.Name}: {unset}");
        }

        var unknown = hard.Keys.Where(name => delta.ContainsKey(name) && !quota.Status.Used.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
        {
            throw attributes.Forbidden(
                $"status unknown for quota: {quota.Metadata.Name}, resources: {string.Join(",", unknown)}");
        }

        var used = quota.Status.Used;
        var over = new List<string>();
        foreach (var (name, limit) in hard)
        {
            if (delta.TryGetValue(name, out var more))
            {
                used = used.Set(name, used.Get(name) + more);
                if (used[name] > limit)
                {
                    over.Add(name);
                }
            }
        }

        return over.Count == 0 ? used : throw attributes.Forbidden(
            $"exceeded quota: {quota.Metadata.Name}, requested: {Show(delta, over)}, "
            + $"used: {Show(quota.Status.Used, over)}, limited: {Show(hard, over)}");
    }

    private async ValueTask BookAsync(
        AdmissionAttributes attributes, ResourceQuota quota, ValueMap<Quantity> delta, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = attempt == 1
                ? quota
                : await objects.GetLatestAsync<ResourceQuota>(attributes.Namespace, quota.Metadata.Name, cancel);
            if (current is null)
            {
                return;
            }

            var used = Check(attributes, current, delta);
            if (used == current.Status.Used || attributes.DryRun)
            {
                return;
            }

            try
            {
                await writer.UpdateStatusAsync(current with { Status = current.Status with { Used = used } }, cancel);
                return;
            }
            catch (ApiException failure) when (failure.IsConflict && attempt < MaxAttempts)
            {
                // Somebody else booked first: look again at what is left.
                continue;
            }
        }
    }

    private static string Show(ValueMap<Quantity> list, List<string> names) =>
        string.Join(",", names.Select(name => $"{name}={list.Get(name)}"));
}
