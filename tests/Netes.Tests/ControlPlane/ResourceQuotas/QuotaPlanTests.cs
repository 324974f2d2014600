using Netes.Api;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.ResourceQuotas;

public sealed class QuotaPlanTests
{
    [Theory]
    [InlineData("cpu,requests.memory,limits.cpu,pods,requests.hugepages-2Mi", "pods", false)]
    [InlineData("requests.nvidia.com/gpu", "pods resourceclaims.resource.k8s.io", false)]
    [InlineData("requests.deviceclass.resource.kubernetes.io/gpus", "pods resourceclaims.resource.k8s.io", false)]
    [InlineData("gpus.deviceclass.resource.k8s.io/devices", "resourceclaims.resource.k8s.io", false)]
    [InlineData("services,services.nodeports", "services", false)]
    [InlineData("requests.storage,fast.storageclass.storage.k8s.io/requests.storage", "persistentvolumeclaims", false)]
    [InlineData("configmaps,secrets", "configmaps secrets", false)]
    [InlineData("count/deployments.apps,count/pods", "deployments.apps pods", true)]
    [InlineData("count/nodes,count/nonsense,example", "", false)]
    public void Names_sayWhatIsCounted(string names, string counted, bool hasUnwatched)
    {
        Assert.Equal(
            counted, string.Join(" ", QuotaPlan.Counted(names.Split(',')).Select(static one => one.QualifiedName)));
        Assert.Equal(hasUnwatched, QuotaPlan.HasUnwatched(names.Split(',')));
    }

    [Fact]
    public void UnusedNames_areZero() => Assert.Equal(
        ValueMap.Of(("cpu", Quantity.Parse("2")), ("pods", Quantity.Zero)),
        QuotaPlan.Restrict(
            ValueMap.Of(("cpu", Quantity.Parse("9")), ("pods", Quantity.Parse("9"))),
            ValueMap.Of(("cpu", Quantity.Parse("2")), ("memory", Quantity.Parse("1")))));
}
