using Microsoft.Extensions.Logging;
using Netes.Client;

namespace Netes.ControlPlane;

/// <summary>
/// Runs the controllers of <see cref="Controllers.All"/> over one set of informers. One manager runs once.
/// Source: cmd/kube-controller-manager/app/controllermanager.go.
/// </summary>
/// <param name="options">What the controllers are told.</param>
/// <param name="client">Lists and watches, in the manager's name.</param>
/// <param name="accountClient">A client in the name of a service account of kube-system: each controller has rights of
/// its own.</param>
/// <param name="time">The clock.</param>
/// <param name="random">For jitter.</param>
/// <param name="loggers">Where failures are told.</param>
public sealed partial class ControllerManager(
    ControllerOptions options, KubernetesClient client, Func<string, KubernetesClient> accountClient, TimeProvider time,
    Random random, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Netes.ControlPlane.ControllerManager");
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the caches are synced and all controllers run.</summary>
    public Task WaitForStartAsync(CancellationToken cancel) => _started.Task.WaitAsync(cancel);

    /// <summary>Works until cancelled; a controller that fails for good ends alone.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var context = new ControllerContext(client, options, time, random, loggers);
        var controllers = Controllers.All
            .Where(entry => entry.Features.All(options.Features.IsOn))
            .Select(entry => entry.Create(context.As(accountClient(entry.Account))))
            .ToList();
        var informing = context.Informers.RunAsync(cancel);
        var recording = context.RunRecordersAsync(cancel);
        try
        {
            await context.Informers.WaitForSyncAsync(cancel);
            LogStarted(_logger, controllers.Count);
            var running = controllers.Select(controller => RunOneAsync(controller, cancel)).ToList();
            _started.TrySetResult();
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogStopped(_logger);
        }

        await Task.WhenAll(informing, recording);
    }

    private async Task RunOneAsync(IController controller, CancellationToken cancel)
    {
        try
        {
            await controller.RunAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogStopped(_logger);
        }
        catch (Exception failure)
        {
            LogFailed(_logger, failure, controller.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} controllers run")]
    private static partial void LogStarted(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "controllers stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Controller} ended")]
    private static partial void LogFailed(ILogger logger, Exception failure, string controller);
}
