using Netes.Api.Apps;
using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core.Pods;

public sealed class PodWarningsTests
{
    [Theory]
    [InlineData(
        """{"containers":[{"name":"c","image":"a","env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]}]}""",
        "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply")]
    [InlineData(
        """{"containers":[{"name":"c","image":"a","env":[{"name":"A","value":"1"},{"name":"A","value":"$(A)2"}]}]}""",
        "")]
    [InlineData("""{"containers":[{"name":"c","image":"a","ports":[{"containerPort":80},{"containerPort":80}]}]}""",
        "spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]")]
    [InlineData("""{"nodeSelector":{"beta.kubernetes.io/os":"linux"},"containers":[{"name":"c","image":"a"}]}""",
        "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead")]
    [InlineData("""{"containers":[{"name":"c","image":"a","resources":{"limits":{"memory":"0.5"}}}]}""",
        "spec.containers[0].resources.limits[memory]: fractional byte value \"500m\" is invalid, must be an integer\n"
        + "spec.containers[0].resources.requests[memory]: fractional byte value \"500m\" is invalid, must be an integer")]
    [InlineData("""{"volumes":[{"name":"v","rbd":{}}],"containers":[{"name":"c","image":"a"}]}""",
        "spec.volumes[0].rbd: deprecated in v1.28, non-functional in v1.31+")]
    public void Likely_mistakes_are_named(string spec, string warnings) =>
        Assert.Equal(warnings, string.Join('\n', Pod.Resource.Warnings!(Read<Pod>(Named(spec)))));

    [Fact]
    public void Template_says_where_it_stands() => Assert.Equal(
        "spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1",
        Assert.Single(Deployment.Resource.Warnings!(Read<Deployment>(Named(
            """{"template":{"spec":{"terminationGracePeriodSeconds":-1,"containers":[{"name":"c","image":"a"}]}}}""")))));

    [Fact]
    public void First_address_has_two_names() =>
        Assert.Equal("10.0.0.1", Read<Pod>("""{"status":{"podIP":"10.0.0.1"}}""").Status.PodIPs[0].IP);
}
