using System.Globalization;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Admission;

/// <summary>
/// The bounds of a LimitRange item, in Kubernetes' words. Source: limitranger/admission.go, *Constraint.
/// </summary>
internal static class LimitRules
{
    public static IEnumerable<string> CheckPod(LimitRangeItem item, PodSpec spec) => item.Type switch
    {
        LimitType.Container => spec.Containers.Concat(spec.InitContainers).SelectMany(
            container => Check(item, container.Resources.Requests, container.Resources.Limits)),
        LimitType.Pod => Check(item, PodResources.ContainerRequests(spec), PodResources.ContainerLimits(spec)),
        _ => [],
    };

    public static IEnumerable<string> CheckClaim(LimitRangeItem item, PersistentVolumeClaimSpec spec)
    {
        if (item.Type != LimitType.PersistentVolumeClaim)
        {
            yield break;
        }

        foreach (var (name, bound) in item.Min)
        {
            if (Minimum(item.Type, name, bound, spec.Resources.Requests, spec.Resources.Limits) is { } error)
            {
                yield return error;
            }
        }

        foreach (var (name, bound) in item.Max)
        {
            var asked = spec.Resources.Requests;
            if (!asked.TryGetValue(name, out var request))
            {
                yield return $"maximum {name} usage per {item.Type} is {bound}.  No request is specified";
            }
            else if (request > bound)
            {
                yield return $"maximum {name} usage per {item.Type} is {bound}, but request is {request}";
            }
        }
    }

    private static IEnumerable<string> Check(
        LimitRangeItem item, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        foreach (var (name, bound) in item.Min)
        {
            if (Minimum(item.Type, name, bound, requests, limits) is { } error)
            {
                yield return error;
            }
        }

        foreach (var (name, bound) in item.Max)
        {
            if (Maximum(item.Type, name, bound, requests, limits) is { } error)
            {
                yield return error;
            }
        }

        foreach (var (name, bound) in item.MaxLimitRequestRatio)
        {
            if (Ratio(item.Type, name, bound, requests, limits) is { } error)
            {
                yield return error;
            }
        }
    }

    private static string? Minimum(
        string type, string name, Quantity bound, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        var head = $"minimum {name} usage per {type} is {bound}";
        return !requests.TryGetValue(name, out var request) ? $"{head}.  No request is specified"
            : request < bound ? $"{head}, but request is {request}"
            : limits.TryGetValue(name, out var limit) && limit < bound ? $"{head}, but limit is {limit}"
            : null;
    }

    private static string? Maximum(
        string type, string name, Quantity bound, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        var head = $"maximum {name} usage per {type} is {bound}";
        return !limits.TryGetValue(name, out var limit) ? $"{head}.  No limit is specified"
            : limit > bound ? $"{head}, but limit is {limit}"
            : requests.TryGetValue(name, out var request) && request > bound ? $"{head}, but request is {request}"
            : null;
    }

    private static string? Ratio(
        string type, string name, Quantity bound, ValueMap<Quantity> requests, ValueMap<Quantity> limits)
    {
        var head = $"{name} max limit to request ratio per {type} is {bound}, but";
        if (!requests.TryGetValue(name, out var request) || request.IsZero)
        {
            return $"{head} no request is specified or request is 0";
        }

        if (!limits.TryGetValue(name, out var limit) || limit.IsZero)
        {
            return $"{head} no limit is specified or limit is 0";
        }

        var ratio = (double)limit.Nanos / (double)request.Nanos;
        return ratio > (double)bound.Nanos / 1e9
            ? string.Create(CultureInfo.InvariantCulture, $"{head} provided ratio is {ratio:F6}")
            : null;
    }
}
