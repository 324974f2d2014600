using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Bootstrap;

/// <summary>
/// Says since when uses of legacy service account tokens are marked.
/// Source: pkg/controlplane/controller/legacytokentracking/controller.go.
/// </summary>
internal sealed class LegacyTokenTracking(IObjectReader objects, IObjectWriter writer, TimeProvider time)
{
    /// <summary>Call it at start; a day that is there and can be read is kept.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        var present = objects.Get<ConfigMap>(LegacyTokens.TrackingNamespace, LegacyTokens.TrackingName);
        if (present is not null && LegacyTokens.TryReadDay(present.Data.Get(LegacyTokens.TrackingKey, ""), out _))
        {
            return;
        }

        var data = ValueMap.Of((LegacyTokens.TrackingKey, LegacyTokens.Day(time.GetUtcNow())));
        if (present is null)
        {
            var map = new ConfigMap
            {
                Metadata = new() { Namespace = LegacyTokens.TrackingNamespace, Name = LegacyTokens.TrackingName },
                Data = data,
            };
            await writer.CreateAsync(map, cancel);
        }
        else
        {
            await writer.UpdateAsync(present with { Data = data }, cancel);
        }
    }
}
