using System.Globalization;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Bootstrap;

/// <summary>
/// Says since when uses of legacy service account tokens are marked.
/// Source: pkg/controlplane/controller/legacytokentracking/controller.go.
/// </summary>
internal sealed class LegacyTokenTracking(IObjectReader objects, IObjectWriter writer, TimeProvider time)
{
    private const string Name = "kube-apiserver-legacy-service-account-token-tracking";
    private const string Namespace = "kube-system";
    private const string Key = "since";

    /// <summary>Call it at start; a day that is there and can be read is kept.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        var present = objects.Get<ConfigMap>(Namespace, Name);
        if (present is not null
            && DateOnly.TryParseExact(present.Data.Get(Key, ""), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out _))
        {
            return;
        }

        var today = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var data = ValueMap.Of((Key, today));
        if (present is null)
        {
            await writer.CreateAsync(
                new ConfigMap { Metadata = new() { Namespace = Namespace, Name = Name }, Data = data }, cancel);
        }
        else
        {
            await writer.UpdateAsync(present with { Data = data }, cancel);
        }
    }
}
