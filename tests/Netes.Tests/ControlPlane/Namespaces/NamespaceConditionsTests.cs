using Netes.Api.Core;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Namespaces;

public sealed class NamespaceConditionsTests
{
    [Fact]
    public void ContentRemains_ConditionsNameIt()
    {
        var remaining = new RemainingContent(
            Netes.Api.Core.Pod.Resource, 2, new Dictionary<string, int> { ["example.com/hold"] = 1 });
        var conditions = NamespaceConditions.Update([], [remaining], ["pods is forbidden"], Now);
        Assert.Equal(
            [
                "NamespaceDeletionDiscoveryFailure=False ResourcesDiscovered: All resources successfully discovered",
                "NamespaceDeletionGroupVersionParsingFailure=False ParsedGroupVersions: "
                    + "All legacy kube types successfully parsed",
                "NamespaceDeletionContentFailure=True ContentDeletionFailed: "
                    + "Failed to delete all resource types, 1 remaining: pods is forbidden",
                "NamespaceContentRemaining=True SomeResourcesRemain: "
                    + "Some resources are remaining: pods. has 2 resource instances",
                "NamespaceFinalizersRemaining=True SomeFinalizersRemain: Some content in the namespace has finalizers "
                    + "remaining: example.com/hold in 1 resource instances",
            ],
            conditions.Select(Show));
        var done = NamespaceConditions.Update(conditions, [], [], Now);
        Assert.All(done, condition => Assert.Equal("False", condition.Status));
    }

    private static string Show(NamespaceCondition condition) =>
        $"{condition.Type}={condition.Status} {condition.Reason}: {condition.Message}";
}
