using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Autoscaling.V1;
using Netes.Api.Core;

namespace Netes.ApiServer.Subresources;

/// <summary>How a kind is seen as a Scale, and what a new number of replicas makes of it.</summary>
internal sealed record Scalable(
    Func<IKubernetesObject, (int Wanted, int Actual, string Selector)> Read,
    Func<IKubernetesObject, int, IKubernetesObject> Write)
{
    /// <summary>Source: pkg/registry/apps/deployment/storage/storage.go, scaleFromDeployment.</summary>
    public Scale ToScale(IKubernetesObject value)
    {
        var (wanted, actual, selector) = Read(value);
        var metadata = value.Metadata;
        return new()
        {
            Metadata = new()
            {
                Name = metadata.Name,
                Namespace = metadata.Namespace,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
                CreationTimestamp = metadata.CreationTimestamp,
            },
            Spec = new() { Replicas = wanted },
            Status = new() { Replicas = actual, Selector = selector },
        };
    }
}

/// <summary>The kinds that have <c>/scale</c>.</summary>
internal static class Scalables
{
    public static Scalable Deployment { get; } = Of<Deployment>(
        static value => (
            value.Spec.Replicas ?? 1, value.Status.Replicas, LabelSelectors.From(value.Spec.Selector).ToString()),
        static (value, replicas) => value with { Spec = value.Spec with { Replicas = replicas } });

    public static Scalable ReplicaSet { get; } = Of<ReplicaSet>(
        static value => (
            value.Spec.Replicas ?? 1, value.Status.Replicas, LabelSelectors.From(value.Spec.Selector).ToString()),
        static (value, replicas) => value with { Spec = value.Spec with { Replicas = replicas } });

    public static Scalable StatefulSet { get; } = Of<StatefulSet>(
        static value => (
            value.Spec.Replicas ?? 1, value.Status.Replicas, LabelSelectors.From(value.Spec.Selector).ToString()),
        static (value, replicas) => value with { Spec = value.Spec with { Replicas = replicas } });

    public static Scalable ReplicationController { get; } = Of<ReplicationController>(
        static value => (
            value.Spec.Replicas ?? 1, value.Status.Replicas, LabelSelectors.FromLabels(value.Spec.Selector).ToString()),
        static (value, replicas) => value with { Spec = value.Spec with { Replicas = replicas } });

    private static Scalable Of<T>(Func<T, (int, int, string)> read, Func<T, int, T> write)
        where T : class, IKubernetesObject =>
        new(value => read((T)value), (value, replicas) => write((T)value, replicas));
}
