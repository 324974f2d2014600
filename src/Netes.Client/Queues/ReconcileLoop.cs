using Microsoft.Extensions.Logging;
using Netes.Api;

namespace Netes.Client;

/// <summary>
/// Workers that take keys from a queue and reconcile them. A failing key waits and comes again; it stops nobody else.
/// Source: controller-runtime pkg/internal/controller/controller.go.
/// </summary>
/// <param name="name">The controller's name, for the log.</param>
/// <param name="queue">Where the keys come from.</param>
/// <param name="reconcile">Brings one object where it should be; never called twice at a time for one key.</param>
/// <param name="workers">How many keys are worked on at a time.</param>
/// <param name="logger">Where failures are told.</param>
public sealed partial class ReconcileLoop<TKey>(
    string name,
    WorkQueue<TKey> queue,
    Func<TKey, CancellationToken, Task<ReconcileResult>> reconcile,
    int workers,
    ILogger logger)
    where TKey : notnull
{
    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(cancel)));

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var key = await queue.GetAsync(cancel);
                await ProcessAsync(key, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ProcessAsync(TKey key, CancellationToken cancel)
    {
        try
        {
            var result = await reconcile(key, cancel);
            if (result is ReconcileResult.LaterResult later)
            {
                queue.AddRateLimited(key);
                LogAgain(logger, name, key.ToString() ?? "", later.Why);
                return;
            }

            queue.Forget(key);
            if (result is ReconcileResult.AgainResult again)
            {
                queue.AddAfter(key, again.After);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (TerminalException failure)
        {
            queue.Forget(key);
            LogTerminal(logger, failure, name, key.ToString() ?? "");
        }
        catch (ApiException failure) when (failure.IsConflict)
        {
            // Another writer was faster; the cache will show its work soon.
            queue.AddRateLimited(key);
            LogAgain(logger, name, key.ToString() ?? "", failure.Message);
        }
        catch (Exception failure)
        {
            queue.AddRateLimited(key);
            LogFailed(logger, failure, name, key.ToString() ?? "", queue.Failures(key));
        }
        finally
        {
            queue.Done(key);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Controller} gave up on {Key}")]
    private static partial void LogTerminal(ILogger logger, Exception failure, string controller, string key);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Controller} tries {Key} again: {Why}")]
    private static partial void LogAgain(ILogger logger, string controller, string key, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Controller} failed on {Key}, {Failures} times so far")]
    private static partial void LogFailed(
        ILogger logger, Exception failure, string controller, string key, int failures);
}
