using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.DynamicResources;
using Netes.Client;

namespace Netes.Nodes.Devices;

/// <summary>
/// What drivers offer on this node. Source: pkg/kubelet/cm/dra/plugin/dra_plugin_manager.go (wipeResourceSlices).
/// </summary>
internal sealed partial class NodeSlices(
    string nodeName, KubernetesClient client, TimeProvider time, ILogger<NodeSlices> logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    /// <summary>Deletes the slices of a driver, or of all when it is empty; again and again until it is done.</summary>
    public async Task DeleteAsync(string driver, CancellationToken cancel)
    {
        var selector = driver.Length == 0 ? $"spec.nodeName={nodeName}"
            : $"spec.driver={driver},spec.nodeName={nodeName}";
        for (var retry = FirstRetry; ; retry = retry * 2 > LastRetry ? LastRetry : retry * 2)
        {
            try
            {
                await client.DeleteCollectionAsync<ResourceSlice>(
                    "", ListParameters.Everything with { FieldSelector = selector }, null, cancel);
                return;
            }
            catch (ApiException error) when (error.IsNotFound)
            {
                return;
            }
            catch (Exception error) when (error is ApiException or HttpRequestException)
            {
                LogNotDeleted(selector, error.Message);
                await Task.Delay(retry, time, cancel);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "resource slices {Selector} not deleted, trying again: {Why}")]
    private partial void LogNotDeleted(string selector, string why);
}
