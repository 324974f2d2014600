using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

/// <summary>Labels of a namespace change what a term of affinity selects.</summary>
public sealed class NamespaceHintTests
{
    [Theory]
    [InlineData(true, "", "team=a", true)]
    [InlineData(true, null, "team=a", true)]
    [InlineData(true, "team=a", "team=a,more=1", false)]
    [InlineData(true, "team=a", "", false)]
    [InlineData(false, "team=a", "", true)]
    [InlineData(false, "", "team=a", false)]
    [InlineData(false, null, "", false)]
    public void NamespaceChange_wakesWhomItMayHelp(bool isNear, string? old, string next, bool helps)
    {
        var term = new PodAffinityTerm
        {
            TopologyKey = "zone",
            LabelSelector = new(),
            NamespaceSelector = new() { MatchLabels = ValueMap.Of(("team", "a")) },
        };
        var pod = Pod("p");
        pod = pod with
        {
            Spec = pod.Spec with
            {
                Affinity = isNear
                    ? new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } }
                    : new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } },
            },
        };
        var plugin = Frameworks.Create().All.Single(one => one.Name == "InterPodAffinity");
        var change = new ClusterChange(
            old is null ? ClusterEvents.NamespaceAdded : ClusterEvents.NamespaceLabelsChanged)
        {
            Object = Space(next), OldObject = old is null ? null : Space(old),
        };
        Assert.NotEqual(ClusterEvents.None, plugin.WakingEvents & change.Events);
        Assert.Equal(helps, plugin.MayHelp(new PodInfo(pod), change));
    }

    private static Namespace Space(string labels) => new()
    {
        Metadata = new()
        {
            Name = "other",
            Labels = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('='))
                .Select(static pair => KeyValuePair.Create(pair[0], pair[1])).ToValueMap(),
        },
    };
}
