using Netes.Api;
using Netes.Api.DynamicResources;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.DynamicResources;

public sealed class ResourceSliceRulesTests
{
    private const string Pool = """
        "driver":"d.example.com","pool":{"name":"n1","generation":1,"resourceSliceCount":1}
        """;

    [Fact]
    public void Slice_isOfOneNodeOrSomeOrAll()
    {
        CheckErrors<ResourceSlice>(Slice(Pool + ""","nodeName":"n1","devices":[{"name":"a"}]"""));
        CheckErrors<ResourceSlice>(Slice(Pool),
            "spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is "
            + "required");
        CheckErrors<ResourceSlice>(Slice(Pool + ""","nodeName":"n1","allNodes":true"""),
            "spec: Invalid value: \"{`nodeName`, `allNodes`}\": exactly one of `nodeName`, `nodeSelector`, `allNodes`, "
            + "`perDeviceNodeSelection` is required, but multiple fields are set");
        CheckErrors<ResourceSlice>(Slice(Pool + ""","perDeviceNodeSelection":true,"devices":[{"name":"a"}]"""),
            "spec.devices[0]: Required value: exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when "
            + "`perDeviceNodeSelection` is set to true in the ResourceSlice spec");
    }

    [Fact]
    public void Pool_hasANameAndSlices() => CheckErrors<ResourceSlice>(
        Slice(
            """ "driver":"","pool":{"name":"","generation":-1,"resourceSliceCount":0},"allNodes":true """),
        "spec.driver: Required value",
        "spec.pool.name: Required value",
        "spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero",
        "spec.pool.generation: Invalid value: -1: must be greater than or equal to 0");

    [Theory]
    [InlineData("""{"name":"A"}""",
        "spec.devices[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("""{"name":"a","attributes":{"x":{}}}""",
        "spec.devices[0].attributes[x]: Invalid value: \"\": exactly one value must be specified")]
    [InlineData("""{"name":"a","attributes":{"x":{"version":"1.0"}}}""",
        "spec.devices[0].attributes[x].version: Invalid value: \"1.0\": must be a string compatible with semver.org spec 2.0.0")]
    [InlineData("""{"name":"a","taints":[{"key":"k","effect":"Never"}]}""",
        "spec.devices[0].taints[0].effect: Unsupported value: \"Never\": supported values: \"NoExecute\", \"NoSchedule\", \"None\"")]
    [InlineData("""{"name":"a","consumesCounters":[{"counterSet":"c"}]}""",
        "spec.devices[0].consumesCounters[0].counters: Required value")]
    [InlineData("""{"name":"a","bindingConditions":["ready"]}""",
        "spec.devices[0].bindingFailureConditions: Invalid value: []: bindingFailureConditions are required to use bindingConditions")]
    [InlineData("""{"name":"a","nodeName":"n"}""",
        "spec.devices[0]: Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec")]
    [InlineData("""{"name":"a","capacity":{"m":{"value":"4","requestPolicy":{"default":"1"}}}}""",
        "spec.devices[0].capacity[m].requestPolicy: Forbidden: allowMultipleAllocations must be true")]
    [InlineData("""{"name":"a","allowMultipleAllocations":true,"capacity":{"m":{"value":"4","requestPolicy":{"default":"3","validRange":{"min":"1","step":"3"}}}}}""",
        "spec.devices[0].capacity[m].requestPolicy.validRange.step: Invalid value: \"3\": value is not a multiple of a given step (3) from (1)")]
    [InlineData("""{"name":"a","allowMultipleAllocations":true,"capacity":{"m":{"value":"4","requestPolicy":{"default":"3","validValues":["2","8"]}}}}""",
        "spec.devices[0].capacity[m].requestPolicy.validValues[1]: Invalid value: \"8\": option is larger than capacity value: 4\nspec.devices[0].capacity[m].requestPolicy.validValues: Invalid value: \"3\": default value is not valid according to the requestPolicy")]
    public void Device_isRefused(string device, string errors) =>
        CheckErrors<ResourceSlice>(Slice($"{Pool},\"nodeName\":\"n1\",\"devices\":[{device}]"), errors.Split('\n'));

    [Fact]
    public void Devices_areFewerWhereTheyHaveTaints()
    {
        CheckErrors<ResourceSlice>(Slice(Devices(128, "")));
        CheckErrors<ResourceSlice>(Slice(Devices(65, ""","taints":[{"key":"k","effect":"None"}]""")),
            "spec.devices: Too many: 65: must have at most 64 items");
    }

    [Fact]
    public void DriverPoolAndNode_stay() => CheckUpdate<ResourceSlice>(
        Slice(Pool + ""","nodeName":"n1" """),
        Slice(Pool.Replace("d.example", "e.example").Replace("\"n1\"", "\"n2\"") + ""","nodeName":"n2" """),
        "spec.pool.name: Invalid value: \"n2\": field is immutable",
        "spec.driver: Invalid value: \"e.example.com\": field is immutable",
        "spec.nodeName: Invalid value: \"n2\": field is immutable");

    [Fact]
    public void Class_checksItsParts() => CheckErrors<DeviceClass>(
        """{"metadata":{"name":"c"},"spec":{"selectors":[{}],"config":[{}],"extendedResourceName":"cpu"}}""",
        "spec.selectors[0].cel: Required value",
        "spec.config[0].opaque: Required value",
        "spec.extendedResourceName: Invalid value: \"cpu\": must be a valid extended resource name");

    [Fact]
    public void Template_isCheckedAsAClaimAndStays()
    {
        const string template =
            """{"metadata":{"name":"t","namespace":"default","resourceVersion":"1"},"spec":{"metadata":{"labels":{"-":"a"}},"spec":{"devices":{"requests":[{"name":"a"}]}}}}""";
        Assert.Equal(
            ["spec.metadata.labels", "spec.spec.devices.requests[0]"],
            ResourceClaimTemplate.Resource.CheckCreate(Created<ResourceClaimTemplate>(template))
                .Select(error => error.Field));
        var changed = template.Replace("\"-\"", "\"b\"");
        Assert.EndsWith("field is immutable", Assert.Single(ResourceClaimTemplate.Resource.CheckUpdate(
            Read<ResourceClaimTemplate>(changed), Read<ResourceClaimTemplate>(template))).Message);
    }

    private static string Devices(int count, string more)
    {
        var devices = Enumerable.Range(0, count).Select(i => $"{{\"name\":\"d{i}\"{more}}}");
        return $"{Pool},\"nodeName\":\"n1\",\"devices\":[{string.Join(',', devices)}]";
    }

    private static string Slice(string spec) =>
        $"{{\"metadata\":{{\"name\":\"s\",\"resourceVersion\":\"1\"}},\"spec\":{{{spec}}}}}";
}
