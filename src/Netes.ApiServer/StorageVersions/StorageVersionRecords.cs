using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.ApiServerInternal;
using Netes.ApiServer.Health;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.StorageVersions;

/// <summary>
/// Writes down in which version this server stores each resource, and does so again from time to time, in case somebody
/// changed it. Only made when the features StorageVersionAPI and APIServerIdentity are on. Threading: any.
/// Source: apiserver pkg/storageversion/{manager,updater}.go, kube-aggregator pkg/apiserver/apiserver.go, KEP-2339.
/// </summary>
internal sealed partial class StorageVersionRecords(
    ResourceTable resources, ObjectViews views, InternalWriter writer, string server, TimeProvider time, ILogger logger)
{
    private const int Attempts = 3;
    private const string NotServed =
        "the server could not find the requested resource (post storageversions.internal.apiserver.k8s.io)";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _changing = new();
    private readonly Dictionary<(string Group, string Resource), string?> _pending = StorageVersionPlan
        .Of(resources.All).SelectMany(static record => record.Covers).ToDictionary(
            static resource => resource, static _ => (string?)null);

    /// <summary>Every record is written: no write waits any more.</summary>
    public bool IsComplete => _complete.Task.IsCompleted;

    /// <summary>Not healthy before all records are written.</summary>
    public HealthCheck Check => new(
        "poststarthook/built-in-resources-storage-version-updater", () => IsComplete ? null : "not finished");

    public Task WaitForCompletionAsync(CancellationToken cancel) => _complete.Task.WaitAsync(cancel);

    /// <summary>
    /// Whether the record of a resource is still to be written, and why it could not be; null: nothing went wrong yet.
    /// What is not stored has none.
    /// </summary>
    public bool IsPending(string group, string resource, out string? error)
    {
        lock (_changing)
        {
            return _pending.TryGetValue((group, resource), out error);
        }
    }

    /// <param name="held">Ends when this server has its lease: whoever finds a record without one deletes it.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(Task held, CancellationToken cancel)
    {
        try
        {
            await held.WaitAsync(cancel);
            while (true)
            {
                if (await WriteAllAsync(cancel))
                {
                    _complete.TrySetResult();
                }

                await Task.Delay(Period, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop; the records stay until the lease has run out.
            return;
        }
    }

    private async Task<bool> WriteAllAsync(CancellationToken cancel)
    {
        var definition = StorageVersion.Resource;
        var isServed = resources.Find(definition.Group, definition.Version, definition.Plural) is not null;
        var all = true;
        foreach (var record in StorageVersionPlan.Of(resources.All))
        {
            var error = isServed ? await WriteAsync(record, cancel) : NotServed;
            all &= error is null;
            Note(record, error);
        }

        return all;
    }

    // What was written once stays so, whatever becomes of it later.
    private void Note(StorageVersionRecord record, string? error)
    {
        if (error is not null)
        {
            LogFailed(logger, record.Name, error);
        }

        lock (_changing)
        {
            foreach (var resource in record.Covers)
            {
                if (error is null)
                {
                    _pending.Remove(resource);
                }
                else if (_pending.ContainsKey(resource))
                {
                    _pending[resource] = error;
                }
            }
        }
    }

    private async Task<string?> WriteAsync(StorageVersionRecord record, CancellationToken cancel)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await WriteOnceAsync(record, cancel);
                return null;
            }
            catch (ApiException exception)
            {
                // Other servers write to the same object: losing against them is no failure.
                failures += exception.IsAlreadyExists || exception.IsConflict ? 0 : 1;
                if (failures == Attempts)
                {
                    return exception.Message;
                }
            }

            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task WriteOnceAsync(StorageVersionRecord record, CancellationToken cancel)
    {
        // A kind's status is not for its creation: there are two writes for a new one.
        var present = await views.GetLatestAsync<StorageVersion>("", record.Name, cancel)
            ?? await writer.CreateAsync(new StorageVersion { Metadata = new() { Name = record.Name } }, cancel);
        var next = StorageVersionAgreement.WithServer(
            present, record.Storage with { APIServerID = server }, Timestamp.From(time.GetUtcNow()));
        if (next != present)
        {
            await writer.UpdateStatusAsync(next, cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "failed to update storage version for {Name}: {Error}")]
    private static partial void LogFailed(ILogger logger, string name, string error);
}
