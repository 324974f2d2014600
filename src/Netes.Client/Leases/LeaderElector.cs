using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Coordination;

namespace Netes.Client;

/// <summary>
/// At most one of several processes works: it holds a Lease and renews it; the work is cancelled before the lease can
/// pass to another. Source: client-go tools/leaderelection/leaderelection.go.
/// </summary>
public sealed partial class LeaderElector(
    KubernetesClient client, LeaderElectionOptions options, TimeProvider time, Random random, ILogger logger)
{
    // What was last seen of the lease, and when by the own clock: clocks of other machines are never compared.
    private Lease? _observed;
    private long _observedAt;

    /// <summary>
    /// Waits for the lease, runs <paramref name="work"/> as its holder, and gives the lease up at the end. Returns when
    /// the work ended, when the lease was lost (the work is cancelled and awaited), or when cancelled.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!await TryHoldAsync(cancel))
        {
            await Task.Delay(options.RetryPeriod * (1 + (random.NextDouble() * 1.2)), time, cancel);
        }

        LogLeading(logger, options.Identity, options.Namespace, options.Name);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = work(leading.Token);
        try
        {
            await RenewAsync(working, leading.Token);
        }
        finally
        {
            leading.Cancel();
            await EndAsync(working);
        }
    }

    private async Task EndAsync(Task working)
    {
        try
        {
            await working;
        }
        catch (OperationCanceledException)
        {
            LogStopped(logger, options.Identity, options.Namespace, options.Name);
        }

        // The lease is free at once for the next one, whatever ended us.
        using var limit = new CancellationTokenSource(options.RetryPeriod, time);
        await ReleaseAsync(limit.Token);
    }

    private async Task RenewAsync(Task working, CancellationToken cancel)
    {
        var renewed = time.GetTimestamp();
        while (!working.IsCompleted && !cancel.IsCancellationRequested)
        {
            var wait = Task.Delay(options.RetryPeriod, time, cancel);
            if (await Task.WhenAny(working, wait) == working || cancel.IsCancellationRequested)
            {
                return;
            }

            using var deadline = new CancellationTokenSource(options.RenewDeadline, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
            if (await TryHoldAsync(limit.Token))
            {
                renewed = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(renewed) >= options.RenewDeadline)
            {
                LogLost(logger, options.Identity, options.Namespace, options.Name);
                return;
            }
        }
    }

    private async Task<bool> TryHoldAsync(CancellationToken cancel)
    {
        try
        {
            var lease = await GetAsync(cancel);
            if (lease is null)
            {
                Observe(await client.CreateAsync(NewLease(), cancel));
                return true;
            }

            if (_observed is null || _observed.Metadata.ResourceVersion != lease.Metadata.ResourceVersion)
            {
                Observe(lease);
            }

            var holder = lease.Spec.HolderIdentity ?? "";
            var duration = TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? 0);
            if (holder.Length > 0 && holder != options.Identity && time.GetElapsedTime(_observedAt) < duration)
            {
                return false;
            }

            Observe(await client.UpdateAsync(Taken(lease, holder), cancel));
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure, options.Identity, options.Namespace, options.Name);
            return false;
        }
    }

    private async Task<Lease?> GetAsync(CancellationToken cancel)
    {
        try
        {
            return await client.GetAsync<Lease>(options.Namespace, options.Name, cancel);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    private void Observe(Lease lease) => (_observed, _observedAt) = (lease, time.GetTimestamp());

    private Lease NewLease()
    {
        var now = MicroTimestamp.From(time.GetUtcNow());
        return new Lease
        {
            Metadata = new() { Namespace = options.Namespace, Name = options.Name },
            Spec = new()
            {
                HolderIdentity = options.Identity,
                LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
                AcquireTime = now,
                RenewTime = now,
                LeaseTransitions = 0,
            },
        };
    }

    private Lease Taken(Lease lease, string holder)
    {
        var now = MicroTimestamp.From(time.GetUtcNow());
        var mine = holder == options.Identity;
        return lease with
        {
            Spec = lease.Spec with
            {
                HolderIdentity = options.Identity,
                LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds,
                AcquireTime = mine ? lease.Spec.AcquireTime : now,
                RenewTime = now,
                LeaseTransitions = (lease.Spec.LeaseTransitions ?? 0) + (mine ? 0 : 1),
            },
        };
    }

    private async Task ReleaseAsync(CancellationToken cancel)
    {
        if (_observed is not { } lease || lease.Spec.HolderIdentity != options.Identity)
        {
            return;
        }

        try
        {
            var now = MicroTimestamp.From(time.GetUtcNow());
            var free = lease.Spec with
            {
                HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = now, RenewTime = now,
            };
            await client.UpdateAsync(lease with { Spec = free }, cancel);
        }
        catch (Exception failure)
        {
            // It expires by itself.
            LogFailed(logger, failure, options.Identity, options.Namespace, options.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} holds Lease {Namespace} {Name}")]
    private static partial void LogLeading(ILogger logger, string identity, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Identity} lost Lease {Namespace} {Name}")]
    private static partial void LogLost(ILogger logger, string identity, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} stopped as holder of Lease {Namespace} {Name}")]
    private static partial void LogStopped(ILogger logger, string identity, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Identity} failed at Lease {Namespace} {Name}")]
    private static partial void LogFailed(
        ILogger logger, Exception failure, string identity, string @namespace, string name);
}
