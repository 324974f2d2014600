using Netes.Api;
using Netes.Api.Core;

namespace Netes.Nodes.Pods;

/// <summary>A pod's quality-of-service class. Source: pkg/apis/core/v1/helper/qos/qos.go.</summary>
public static class PodQos
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(PodSpec spec)
    {
        var any = false;
        var guaranteed = true;
        var all = ((IEnumerable<Container>)spec.Containers).Concat(spec.InitContainers).Select(c => c.Resources);
        if (spec.Resources is { } whole && (!whole.Requests.IsEmpty || !whole.Limits.IsEmpty))
        {
            all = [whole];
        }

        foreach (var resources in all)
        {
            foreach (var name in Counted)
            {
                var limit = resources.Limits.Get(name);
                var request = resources.Requests.TryGetValue(name, out var asked) ? asked : limit;
                any |= !limit.IsZero || !request.IsZero;
                guaranteed &= !limit.IsZero && request == limit;
            }
        }

        return !any ? PodQOSClass.BestEffort : guaranteed ? PodQOSClass.Guaranteed : PodQOSClass.Burstable;
    }
}
