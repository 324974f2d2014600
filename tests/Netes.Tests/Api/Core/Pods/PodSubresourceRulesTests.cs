using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core.Pods;

public sealed class PodSubresourceRulesTests
{
    private const string Debugger =
        """{"name":"d","image":"b","imagePullPolicy":"Always","terminationMessagePolicy":"File"}""";

    [Theory]
    [InlineData(Debugger, "")]
    [InlineData("""{"name":"c","image":"b"}""", "spec.ephemeralContainers[0].name: Duplicate value: \"c\"")]
    [InlineData("""{"name":"d","image":"b","livenessProbe":{"exec":{"command":["x"]}}}""",
        "spec.ephemeralContainers[0].livenessProbe: Forbidden: cannot be set for an Ephemeral Container")]
    [InlineData("""{"name":"d","image":"b","targetContainerName":"x"}""",
        "spec.ephemeralContainers[0].targetContainerName: Not found: \"x\"")]
    public void Container_is_added(string container, string error) => Assert.Equal(error, string.Join('\n',
        PodSubresourceRules.CheckEphemeralContainers(With(container), With("")).Select(item => item.Message)));

    [Fact]
    public void Container_is_not_removed() => Assert.Equal(
        "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"d\" may not be removed\n",
        Assert.Single(PodSubresourceRules.CheckEphemeralContainers(With(""), With(Debugger))).Message);

    [Theory]
    [InlineData("""{"requests":{"cpu":"2","memory":"1Gi"}}""", "")]
    [InlineData("""{"requests":{"cpu":"2"}}""",
        "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed")]
    [InlineData("""{"requests":{"cpu":"1","memory":"1Gi","ephemeral-storage":"1Gi"}}""",
        "spec: Forbidden: only cpu and memory resources are mutable")]
    [InlineData("""{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1","memory":"1Gi"}}""",
        "spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing")]
    public void Cpu_and_memory_change(string resources, string error)
    {
        var old = Sized("""{"requests":{"cpu":"1","memory":"1Gi"}}""");
        var next = old with { Spec = Sized(resources).Spec };
        Assert.Equal(error, string.Join('\n', PodSubresourceRules.CheckResize(next, old).Select(item => item.Message)));
    }

    private static Pod With(string container) => Created<Pod>(Named(
        $$"""{"containers":[{"name":"c","image":"a"}],"ephemeralContainers":[{{container}}]}"""));

    private static Pod Sized(string resources) => Created<Pod>(Named(
        $$"""{"containers":[{"name":"c","image":"a","resources":{{resources}}}]}"""));
}
