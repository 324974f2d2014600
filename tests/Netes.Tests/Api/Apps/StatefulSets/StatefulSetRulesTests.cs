using Netes.Api.Apps;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Apps.StatefulSets;

public sealed class StatefulSetRulesTests
{
    private const string Rest = """
        "selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"a"}]}}
        """;

    [Fact]
    public void Smallest_set_gets_all_defaults()
    {
        var spec = Created<StatefulSet>(Named($"{{{Rest}}}")).Spec;
        Assert.Equal((1, "OrderedReady", "RollingUpdate", 0, 10, "Retain", "Retain"), (spec.Replicas,
            spec.PodManagementPolicy, spec.UpdateStrategy.Type, spec.UpdateStrategy.RollingUpdate!.Partition,
            spec.RevisionHistoryLimit, spec.PersistentVolumeClaimRetentionPolicy!.WhenDeleted,
            spec.PersistentVolumeClaimRetentionPolicy.WhenScaled));
        CheckErrors<StatefulSet>(Named($"{{{Rest}}}"));
    }

    [Fact]
    public void Replicas_may_change_and_service_may_not()
    {
        var old = Named($"{{\"serviceName\":\"s\",{Rest}}}");
        CheckUpdate<StatefulSet>(old, Named($"{{\"replicas\":3,\"serviceName\":\"s\",{Rest}}}"));
        CheckUpdate<StatefulSet>(old, Named($"{{\"serviceName\":\"t\",{Rest}}}"),
            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
            + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }

    [Fact]
    public void Containers_mount_the_sets_claims() => CheckErrors<StatefulSet>(Named("""
        {"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[
        {"name":"c","image":"a","volumeMounts":[{"name":"data","mountPath":"/d"},{"name":"other","mountPath":"/o"}]}]}},
        "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}
        """), "spec.template.spec.containers[0].volumeMounts[1].name: Not found: \"other\"");
}
