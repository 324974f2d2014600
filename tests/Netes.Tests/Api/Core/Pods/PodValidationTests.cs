using Netes.Api;
using Netes.Api.Core;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Core.Pods;

public sealed class PodValidationTests
{
    private const string C = """{"name":"c","image":"a"}""";

    [Theory]
    [InlineData("""{"containers":[]}""", "spec.containers: Required value")]
    [InlineData("""{"containers":[{"name":"c"}]}""", "spec.containers[0].image: Required value")]
    [InlineData("""{"containers":[{"image":"a"}]}""", "spec.containers[0].name: Required value")]
    [InlineData("""{"containers":[{"name":"c","image":" a"}]}""",
        "spec.containers[0].image: Invalid value: \" a\": must not have leading or trailing whitespace")]
    [InlineData("""{"containers":[{"name":"C_1","image":"a"}]}""",
        "spec.containers[0].name: Invalid value: \"C_1\": a lowercase RFC 1123 label must consist of lower case alphanumeric "
        + "characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex "
        + "used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("""{"containers":[{"name":"c","image":"a"},{"name":"c","image":"a"}]}""",
        "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("""{"restartPolicy":"Sometimes","containers":[{"name":"c","image":"a"}]}""",
        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"")]
    [InlineData("""{"containers":[{"name":"c","image":"a","imagePullPolicy":"Maybe"}]}""",
        "spec.containers[0].imagePullPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", "
        + "\"IfNotPresent\", \"Never\"")]
    [InlineData("""{"containers":[{"name":"c","image":"a","ports":[{"containerPort":0}]}]}""",
        "spec.containers[0].ports[0].containerPort: Required value")]
    [InlineData("""{"containers":[{"name":"c","image":"a","ports":[{"containerPort":70000}]}]}""",
        "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("""{"containers":[{"name":"c","image":"a","ports":[{"containerPort":80,"protocol":"tcp"}]}]}""",
        "spec.containers[0].ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("""{"containers":[{"name":"c","image":"a","env":[{"name":"A=B","value":"x"}]}]}""",
        "spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist only of "
        + "printable ASCII characters other than '='")]
    [InlineData(
        """{"containers":[{"name":"c","image":"a","env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"x"}}}]}]}""",
        "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"x\": error converting fieldPath: field "
        + "label not supported: x")]
    [InlineData("""{"containers":[{"name":"c","image":"a","volumeMounts":[{"name":"v","mountPath":"/v"}]}]}""",
        "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("""{"containers":[{"name":"c","image":"a","livenessProbe":{"periodSeconds":3}}]}""",
        "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData(
        """{"containers":[{"name":"c","image":"a","livenessProbe":{"tcpSocket":{"port":80},"successThreshold":2}}]}""",
        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData(
        """{"containers":[{"name":"c","image":"a","resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}}}]}""",
        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("""{"containers":[{"name":"c","image":"a","resources":{"limits":{"gpu":"1"}}}]}""",
        "spec.containers[0].resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource type or fully qualified\n"
        + "spec.containers[0].resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource for containers\n"
        + "spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a standard resource type or fully qualified\n"
        + "spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a standard resource for containers")]
    [InlineData("""{"containers":[{"name":"c","image":"a","resources":{"requests":{"cpu":"-1"}}}]}""",
        "spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("""{"containers":[{"name":"c","image":"a"}],"volumes":[{"name":"v","secret":{},"emptyDir":{}}]}""",
        "spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type")]
    [InlineData("""{"containers":[{"name":"c","image":"a"}],"volumes":[{"name":"v","hostPath":{"path":"/a/../b"}}]}""",
        "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'")]
    [InlineData(
        """{"containers":[{"name":"c","image":"a"}],"tolerations":[{"key":"k","operator":"Exists","value":"v"}]}""",
        "spec.tolerations[0].operator: Invalid value: \"v\": value must be empty when `operator` is 'Exists'")]
    [InlineData("""{"containers":[{"name":"c","image":"a"}],"nodeName":"n","schedulingGates":[{"name":"x"}]}""",
        "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared")]
    [InlineData("""{"containers":[{"name":"c","image":"a","securityContext":{"runAsUser":-1}}]}""",
        "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 4294967295, inclusive")]
    [InlineData(
        """{"initContainers":[{"name":"i","image":"a","readinessProbe":{"exec":{"command":["x"]}}}],"containers":[{"name":"c","image":"a"}]}""",
        "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData(
        """{"containers":[{"name":"c","image":"a"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[]}}}}""",
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must "
        + "have at least one node selector term")]
    public void Bad_spec_is_named(string spec, string errors) => CheckErrors<Pod>(Named(spec), errors.Split('\n'));

    [Fact]
    public void Good_pod_has_no_errors() => CheckErrors<Pod>(Named("""
        {
          "initContainers": [{ "name": "i", "image": "a", "restartPolicy": "Always",
            "startupProbe": { "exec": { "command": ["true"] } } }],
          "containers": [{ "name": "c", "image": "a", "volumeMounts": [{ "name": "v", "mountPath": "/v" }],
            "ports": [{ "name": "web", "containerPort": 80 }], "envFrom": [{ "configMapRef": { "name": "m" } }] }],
          "volumes": [{ "name": "v", "configMap": { "name": "m" } }],
          "tolerations": [{ "operator": "Exists" }],
          "topologySpreadConstraints": [{ "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule" }]
        }
        """));

    [Fact]
    public void Bad_metadata_is_named() => CheckErrors<Pod>(
        """{"metadata":{"name":"A","namespace":"default","labels":{"k":"-"}},"spec":{"containers":[{"name":"c","image":"a"}]}}""",
        "metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
        + "characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for "
        + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        "metadata.labels: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, "
        + "'-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or "
        + "'12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");

    [Fact]
    public void Image_may_change() => CheckUpdate<Pod>(
        Named($$"""{"containers":[{{C}}]}"""),
        Named("""{"containers":[{"name":"c","image":"b:1","imagePullPolicy":"Always"}]}"""));

    [Fact]
    public void Other_fields_may_not_change() => CheckUpdate<Pod>(
        Named($$"""{"containers":[{{C}}]}"""), Named($$"""{"containers":[{{C}}],"hostname":"h"}"""),
        "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
        + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
        + "tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n"
        + "+ hostname: \"h\"\n");

    [Fact]
    public void Containers_are_not_added() => CheckUpdate<Pod>(
        Named($$"""{"containers":[{{C}}]}"""), Named($$"""{"containers":[{{C}},{"name":"d","image":"a"}]}"""),
        "spec.containers: Forbidden: pod updates may not add or remove containers");

    [Fact]
    public void Ended_container_does_not_come_back()
    {
        var old = Created<Pod>(Named($$"""{"restartPolicy":"Never","containers":[{{C}}]}"""));
        var status = ContainerStatus.Empty with { Name = "c" };
        old = old with
        {
            Status = old.Status with
            {
                ContainerStatuses =
                    [status with { State = ContainerState.Empty with { Terminated = ContainerStateTerminated.Empty } }],
            },
        };
        var next = old with { Status = old.Status with { ContainerStatuses = [status] } };
        Assert.Equal("status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state",
            Assert.Single(Pod.Resource.CheckStatusUpdate(next, old)).Message);
    }

    [Theory]
    [InlineData("p-x", "c example.com/gpu r-0")]
    [InlineData("", "",
        "requestMappings: Required value: at least one request mapping is required",
        "resourceClaimName: Required value")]
    [InlineData("p", "d example.com/gpu r,c cpu r",
        "requestMappings[0].containerName: Invalid value: \"d\": must match the name of an entry in "
        + "spec.initContainers.name or spec.containers.name",
        "requestMappings[1].resourceName: Invalid value: \"cpu\": must match the extended resource name of an entry in "
        + "spec.initContainers.resources.requests or spec.containers.resources.requests")]
    [InlineData("p", "c example.com/gpu r,c example.com/gpu r",
        "requestMappings[1].containerName: Duplicate value: \"c\"",
        "requestMappings[1].resourceName: Duplicate value: \"example.com/gpu\"",
        "requestMappings[1].requestName: Duplicate value: \"r\"")]
    public void Claim_of_extended_resources_names_containers_that_ask(
        string claim, string mappings, params string[] expected)
    {
        var old = Created<Pod>(Named("""
            {"containers":[{"name":"c","image":"a","resources":{"limits":{"example.com/gpu":"1"}}}]}
            """));
        var next = old with
        {
            Status = old.Status with
            {
                ExtendedResourceClaimStatus = new()
                {
                    ResourceClaimName = claim,
                    RequestMappings =
                    [
                        .. mappings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' '))
                            .Select(parts => new ContainerExtendedResourceRequest
                            {
                                ContainerName = parts[0], ResourceName = parts[1], RequestName = parts[2],
                            }),
                    ],
                },
            },
        };
        Assert.Equal(
            expected.Select(message => $"status.extendedResourceClaimStatus.{message}"),
            Pod.Resource.CheckStatusUpdate(next, old).Select(error => error.Message));
    }
}
