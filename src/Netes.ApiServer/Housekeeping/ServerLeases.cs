using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Coordination;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Housekeeping;

/// <summary>
/// Each API server holds a lease that says that it is there; those of servers that are gone are deleted.
/// Source: pkg/controlplane/apiserver/server.go, apiserver pkg/server/config.go,
/// pkg/controlplane/controller/apiserverleasegc, KEP-1965.
/// </summary>
internal sealed partial class ServerLeases(
    ResourceTable resources, ResourceStore store, ObjectViews views, InternalWriter writer, IdSource ids,
    TimeProvider time, ILogger logger)
{
    private const string Namespace = "kube-system";
    private const string IdentityLabel = "apiserver.kubernetes.io/identity";
    private const string Identity = "kube-apiserver";
    private const int DurationSeconds = 3600;

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Collection = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name = OwnName;
    private readonly string _holder = $"{OwnName}_{ids.NewUid()}";

    /// <summary>Who this server is.</summary>
    public static string OwnName => NameOf(Environment.MachineName);

    /// <summary>Ends when the lease is there.</summary>
    public Task Held => _held.Task;

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            var collected = time.GetTimestamp();
            await CollectAsync(cancel);
            while (true)
            {
                await RenewAsync(cancel);
                if (time.GetElapsedTime(collected) >= Collection)
                {
                    collected = time.GetTimestamp();
                    await CollectAsync(cancel);
                }

                await Task.Delay(Renewal, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop: the lease runs out by itself.
            return;
        }
    }

    /// <summary>The same on each start of the same machine.</summary>
    internal static string NameOf(string host)
    {
        const int hashBytes = 16;
        byte[] hashed = [.. Prefixed(host), .. Prefixed(Identity)];
        return $"apiserver-{Base32(SHA256.HashData(hashed).AsSpan(0, hashBytes))}";
    }

    // Each with its length before it, so that no two pairs give the same bytes.
    private static byte[] Prefixed(string text)
    {
        var length = new byte[sizeof(ushort)];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        return [.. length, .. bytes];
    }

    // RFC 4648, in lower case and without padding.
    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string letters = "abcdefghijklmnopqrstuvwxyz234567";
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var octet in bytes)
        {
            buffer = ((buffer << 8) | octet) & 0xFFFF;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(letters[(buffer >> (bits - 5)) & 31]);
            }
        }

        return bits == 0 ? text.ToString() : text.Append(letters[(buffer << (5 - bits)) & 31]).ToString();
    }

    /// <summary>Nobody has renewed it for as long as it lasts.</summary>
    internal static bool IsExpired(Lease lease, DateTimeOffset now) =>
        lease.Spec.RenewTime is not { } renewed || lease.Spec.LeaseDurationSeconds is not { } seconds
        || renewed.ToDateTimeOffset().AddSeconds(seconds) < now;

    private async Task RenewAsync(CancellationToken cancel)
    {
        var now = MicroTimestamp.From(time.GetUtcNow());
        var present = views.Get<Lease>(Namespace, _name);
        var isOurs = present?.Spec.HolderIdentity == _holder;
        var lease = new Lease
        {
            Metadata = (present?.Metadata ?? new() { Namespace = Namespace, Name = _name }) with
            {
                Labels = ValueMap.Of((IdentityLabel, Identity), ("kubernetes.io/hostname", Environment.MachineName)),
            },
            Spec = new()
            {
                HolderIdentity = _holder,
                LeaseDurationSeconds = DurationSeconds,
                AcquireTime = isOurs ? present!.Spec.AcquireTime : now,
                RenewTime = now,
            },
        };
        try
        {
            await (present is null ? writer.CreateAsync(lease, cancel) : writer.UpdateAsync(lease, cancel));
            _held.TrySetResult();
        }
        catch (ApiException exception)
        {
            // The next turn tries again; an hour of turns has to fail until somebody may think that we are gone.
            LogFailed(logger, _name, exception);
        }
    }

    private async Task CollectAsync(CancellationToken cancel)
    {
        var leases = resources.Of(Lease.Resource);
        foreach (var lease in views.List<Lease>(Namespace))
        {
            if (lease.Metadata.Labels.Get(IdentityLabel, "") != Identity || !IsExpired(lease, time.GetUtcNow()))
            {
                continue;
            }

            try
            {
                var key = leases.Stored.KeyOf(Namespace, lease.Metadata.Name);
                if (await store.GetLatestAsync(leases.Cache, key, cancel) is { } entry
                    && IsExpired((Lease)entry.Record(leases.Stored), time.GetUtcNow()))
                {
                    await store.DeleteAsync(entry, cancel);
                }
            }
            catch (ApiException exception)
            {
                LogFailed(logger, lease.Metadata.Name, exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease {Name} could not be written")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);
}
