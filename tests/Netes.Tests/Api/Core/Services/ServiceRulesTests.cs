using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core.Services;

public sealed class ServiceRulesTests
{
    [Fact]
    public void Smallest_service_gets_all_defaults() => CheckCreated<Service>(
        Named("""{"ports":[{"port":80}],"selector":{"app":"a"}}"""),
        """
        {
          "apiVersion": "v1", "kind": "Service",
          "metadata": { "name": "a", "namespace": "default", "resourceVersion": "1" },
          "spec": {
            "internalTrafficPolicy": "Cluster", "ports": [{ "port": 80, "protocol": "TCP", "targetPort": 80 }],
            "selector": { "app": "a" }, "sessionAffinity": "None", "type": "ClusterIP"
          },
          "status": { "loadBalancer": {} }
        }
        """);

    [Theory]
    [InlineData("""{}""", "spec.ports: Required value")]
    [InlineData("""{"ports":[{"port":0}]}""",
        "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n"
        + "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("""{"ports":[{"port":80},{"port":81}]}""",
        "spec.ports[0].name: Required value\nspec.ports[1].name: Required value")]
    [InlineData("""{"ports":[{"port":80,"nodePort":30000}]}""",
        "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("""{"type":"Other","ports":[{"port":80}]}""",
        "spec.type: Unsupported value: \"Other\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"")]
    [InlineData("""{"type":"ExternalName"}""", "spec.externalName: Required value")]
    [InlineData("""{"clusterIP":"x","ports":[{"port":80}]}""",
        "spec.clusterIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("""{"externalIPs":["127.0.0.1"],"ports":[{"port":80}]}""",
        "spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("""{"externalTrafficPolicy":"Local","ports":[{"port":80}]}""",
        "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services")]
    public void Bad_spec_is_named(string spec, string errors) => CheckErrors<Service>(Named(spec), errors.Split('\n'));

    [Fact]
    public void Name_is_a_dns_label() => CheckErrors<Service>(Named("""{"ports":[{"port":80}]}""", "1a"),
        "metadata.name: Invalid value: \"1a\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
        + "start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex "
        + "used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");

    [Fact]
    public void Address_does_not_change() => CheckUpdate<Service>(
        Named("""{"clusterIP":"10.96.0.5","ports":[{"port":80}]}"""),
        Named("""{"clusterIP":"10.96.0.6","ports":[{"port":80}]}"""),
        "spec.clusterIPs[0]: Invalid value: [\"10.96.0.6\"]: may not change once set");

    [Fact]
    public void Update_without_allocated_values_keeps_them()
    {
        var old = Created<Service>(
            Named("""{"type":"NodePort","clusterIP":"10.96.0.5","ports":[{"port":80,"nodePort":30001}]}"""));
        var next = ServiceUpdate("""{"type":"NodePort","ports":[{"port":80}]}""", old);
        Assert.Equal(("10.96.0.5", 30001), (next.ClusterIP, next.Ports[0].NodePort));
    }

    [Fact]
    public void Node_ports_go_with_the_type()
    {
        var old = Created<Service>(
            Named("""{"type":"NodePort","clusterIP":"10.96.0.5","ports":[{"port":80,"nodePort":30001}]}"""));
        var next = ServiceUpdate("""{"type":"ClusterIP","ports":[{"port":80,"nodePort":30001}]}""", old);
        Assert.Equal(("10.96.0.5", 0, ""), (next.ClusterIP, next.Ports[0].NodePort, next.ExternalTrafficPolicy));
    }

    private static ServiceSpec ServiceUpdate(string spec, Service old) =>
        Service.Resource.PrepareUpdate!(Read<Service>(Named(spec)), old).Spec;
}
