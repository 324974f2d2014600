using Netes.Api.Networking;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Networking;

public sealed class NetworkingRulesTests
{
    [Theory]
    [InlineData("{}", "spec: Invalid value: []: either `defaultBackend` or `rules` must be specified")]
    [InlineData("""{"rules":[{"host":"1.2.3.4","http":{"paths":[]}}]}""",
        "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address\n"
        + "spec.rules[0].http.paths: Required value")]
    [InlineData(
        """{"rules":[{"http":{"paths":[{"path":"a","pathType":"Prefix","backend":{"service":{"name":"s","port":{}}}}]}}]}""",
        "spec.rules[0].http.paths[0].path: Invalid value: \"a\": must be an absolute path\n"
        + "spec.rules[0].http.paths[0].backend: Required value: port name or number is required")]
    [InlineData(
        """{"rules":[{"http":{"paths":[{"path":"/","backend":{"service":{"name":"s","port":{"number":80}}}}]}}]}""",
        "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")]
    public void Bad_ingress_is_named(string spec, string errors) =>
        CheckErrors<Ingress>(Named(spec), errors.Split('\n'));

    [Fact]
    public void Policy_types_follow_the_rules()
    {
        var spec = Created<NetworkPolicy>(Named("""{"podSelector":{},"egress":[{"ports":[{"port":53}]}]}""")).Spec;
        Assert.Equal("Ingress,Egress", string.Join(',', spec.PolicyTypes));
        Assert.Equal("TCP", spec.Egress[0].Ports[0].Protocol);
        Assert.Equal("Ingress",
            string.Join(',', Created<NetworkPolicy>(Named("""{"podSelector":{}}""")).Spec.PolicyTypes));
    }

    [Theory]
    [InlineData("{}", "spec.ingress[0].from[0]: Required value: must specify a peer")]
    [InlineData("""{"ipBlock":{"cidr":"10.0.0.0/8","except":["11.0.0.0/16"]}}""",
        "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`")]
    public void Bad_peer_is_named(string peer, string error) => CheckErrors<NetworkPolicy>(
        Named($$$"""{"podSelector":{},"ingress":[{"from":[{{{peer}}}]}]}"""), error);

    [Theory]
    [InlineData("acme.io/x", null)]
    [InlineData("x", "spec.controller: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    public void Controller_of_a_class_is_a_path(string controller, string? error) => CheckErrors<IngressClass>(
        $$$"""{"metadata":{"name":"c"},"spec":{"controller":"{{{controller}}}"}}""", error is null ? [] : [error]);
}
