using System.Globalization;
using Netes.Api;
using Netes.Api.Meta;
using Netes.Client;
using Netes.Simulation.World;

namespace Netes.Simulation.Checks;

/// <summary>
/// No lost revision: what was acknowledged is in the store, under that revision and for that object; and revisions only
/// grow.
/// </summary>
internal sealed class AcknowledgedWrites(Verdict verdict)
{
    private readonly Dictionary<long, string> _keys = [];
    private long _last;

    public int Count { get; private set; }

    public void Observe(StoreWrite write)
    {
        if (write.Revision <= _last)
        {
            verdict.Break(Finding.RevisionsGoBack, $"revision {write.Revision} of {write.Key} came after {_last}");
        }

        _last = write.Revision;
        _keys[write.Revision] = write.Key;
    }

    public void Check(ApiRequest request, ApiResponse response)
    {
        if (!response.IsSuccess || request.Method == HttpMethod.Delete || request.PathAndQuery.Contains("dryRun"))
        {
            return;
        }

        using var body = new MemoryStream();
        response.Body.CopyTo(body);
        response.Body.Position = 0;
        var answer = JsonCodec.Decode<PartialObjectMetadata>(body.ToArray()).Value;
        if (answer is null || answer.Metadata.ResourceVersion.Length == 0)
        {
            return;
        }

        Count++;
        var revision = long.Parse(answer.Metadata.ResourceVersion, CultureInfo.InvariantCulture);
        var end = $"/{answer.Metadata.Name}";
        if (!_keys.TryGetValue(revision, out var key) || !key.EndsWith(end, StringComparison.Ordinal))
        {
            verdict.Break(
                Finding.WriteForgotten,
                $"{request.Method} {request.PathAndQuery} was acknowledged at revision {revision}, "
                + $"where the store has {key ?? "nothing"}");
        }
    }
}
