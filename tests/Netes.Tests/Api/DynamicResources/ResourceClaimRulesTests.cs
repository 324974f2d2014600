using Netes.Api;
using Netes.Api.DynamicResources;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.DynamicResources;

public sealed class ResourceClaimRulesTests
{
    private const string Gpu = """{"name":"gpu","exactly":{"deviceClassName":"gpus"}}""";

    private const string Pod = """{"resource":"pods","name":"p","uid":"1"}""";

    private const string Allocated =
        """ "allocation":{"devices":{"results":[{"request":"gpu","driver":"d.example.com","pool":"n1","device":"gpu-0"}]}}""";

    [Fact]
    public void Request_isForOneDeviceUnlessItSaysMore()
    {
        var claim = Created<ResourceClaim>(Claim(Gpu));
        Assert.Equal(("ExactCount", 1L),
            (claim.Spec.Devices.Requests[0].Exactly!.AllocationMode, claim.Spec.Devices.Requests[0].Exactly!.Count));
        var list = Created<ResourceClaim>(Claim(
            """{"name":"any","firstAvailable":[{"name":"big","deviceClassName":"a","allocationMode":"All"},{"name":"small","deviceClassName":"b","tolerations":[{"key":"k"}]}]}"""));
        var subs = list.Spec.Devices.Requests[0].FirstAvailable;
        Assert.Equal(("All", 0L, "ExactCount", 1L, "Equal"),
            (subs[0].AllocationMode, subs[0].Count, subs[1].AllocationMode, subs[1].Count,
                subs[1].Tolerations[0].Operator));
        CheckErrors<ResourceClaim>(Claim(Gpu));
    }

    [Theory]
    [InlineData("""{"name":"a"}""",
        "spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required")]
    [InlineData("""{"name":"a","exactly":{"deviceClassName":""}}""",
        "spec.devices.requests[0].exactly.deviceClassName: Required value")]
    [InlineData("""{"name":"a","exactly":{"deviceClassName":"c","count":-1}}""",
        "spec.devices.requests[0].exactly.count: Invalid value: -1: must be greater than zero")]
    [InlineData("""{"name":"a","exactly":{"deviceClassName":"c","allocationMode":"All","count":2}}""",
        "spec.devices.requests[0].exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All'")]
    [InlineData("""{"name":"a","exactly":{"deviceClassName":"c","allocationMode":"Some"}}""",
        "spec.devices.requests[0].exactly.allocationMode: Unsupported value: \"Some\": supported values: \"All\", \"ExactCount\"")]
    [InlineData("""{"name":"a","exactly":{"deviceClassName":"c","selectors":[{}]}}""",
        "spec.devices.requests[0].exactly.selectors[0].cel: Required value")]
    [InlineData("""{"name":"a","exactly":{"deviceClassName":"c","tolerations":[{"operator":"Exists","value":"x"}]}}""",
        "spec.devices.requests[0].exactly.tolerations[0].value: Invalid value: \"x\": must be empty for operator `Exists`")]
    public void Request_isRefused(string request, string error) => CheckErrors<ResourceClaim>(Claim(request), error);

    [Fact]
    public void NameOfRequest_comesOnce() => CheckErrors<ResourceClaim>(
        Claim($"{Gpu},{Gpu}"), "spec.devices.requests[1]: Duplicate value: \"gpu\"");

    [Fact]
    public void Constraint_namesRequestsOfTheClaimAndAnAttributeWithItsDomain() => CheckErrors<ResourceClaim>(
        Named(
            $$$"""{"devices":{"requests":[{{{Gpu}}}],"constraints":[{"requests":["gpu","nic"],"matchAttribute":"numa"},{}]}}"""),
        "spec.devices.constraints[0].requests[1]: Invalid value: \"nic\": must be the name of a request in the claim or "
        + "the name of a request and a subrequest separated by '/'",
        "spec.devices.constraints[0].matchAttribute: Invalid value: \"numa\": a fully qualified name must be a domain "
        + "and a name separated by a slash",
        "spec.devices.constraints[1]: Required value: exactly one of \"matchAttribute\" or \"distinctAttribute\" is "
        + "required, but multiple fields are set");

    [Fact]
    public void Configuration_isAnObjectForADriver() => CheckErrors<ResourceClaim>(
        Named(
            $$$"""{"devices":{"requests":[{{{Gpu}}}],"config":[{},{"opaque":{"driver":"d","parameters":[1]}}]}}"""),
        "spec.devices.config[0].opaque: Required value",
        "spec.devices.config[1].opaque.parameters: Invalid value: \"<value omitted>\": must be a valid JSON object");

    [Fact]
    public void Spec_staysAsItWas()
    {
        var errors = ResourceClaim.Resource.CheckUpdate(
            Read<ResourceClaim>(Claim(Gpu.Replace("gpus", "others"))), Read<ResourceClaim>(Claim(Gpu)));
        Assert.EndsWith("field is immutable", Assert.Single(errors).Message);
        Assert.Equal("spec", errors[0].Field);
    }

    [Fact]
    public void Reservation_isOfAnAllocatedClaimThatIsToStay()
    {
        const string reserved = $"\"reservedFor\":[{Pod}]";
        CheckStatus("", reserved,
            "status.reservedFor: Forbidden: may not be specified when `allocated` is not set");
        CheckStatus(Allocated, $"{Allocated},\"reservedFor\":[{Pod},{Pod},{{}}]",
            "status.reservedFor[2].resource: Required value",
            "status.reservedFor[2].name: Required value",
            "status.reservedFor[2].uid: Required value",
            "status.reservedFor[1]: Duplicate value: \"1\"");
        var (old, next) = (WithStatus(Allocated), WithStatus($"{Allocated},{reserved}"));
        var going = Timestamp.From(DateTimeOffset.FromUnixTimeSeconds(1));
        Assert.Equal(
            "status.reservedFor: Forbidden: new entries may not be added while `deallocationRequested` or "
            + "`deletionTimestamp` are set",
            Assert.Single(ResourceClaimStatusErrors(
                next with { Metadata = next.Metadata with { DeletionTimestamp = going } },
                old with { Metadata = old.Metadata with { DeletionTimestamp = going } })));
    }

    [Fact]
    public void Allocation_doesNotChange()
    {
        CheckStatus("", Allocated);
        CheckStatus(Allocated, "");
        var error = Assert.Single(ResourceClaimStatusErrors(
            WithStatus(Allocated.Replace("gpu-0", "gpu-1")), WithStatus(Allocated)));
        Assert.StartsWith("status.allocation: Invalid value", error);
        Assert.EndsWith("field is immutable", error);
        CheckStatus("", Allocated.Replace("\"gpu\"", "\"nic\""),
            "status.allocation.devices.results[0].request: Invalid value: \"nic\": must be the name of a request in the "
            + "claim or the name of a request and a subrequest separated by '/'");
    }

    [Fact]
    public void StatusOfDevices_isOfAllocatedOnesAndGoesWithThem()
    {
        const string told =
            """ "devices":[{"driver":"d.example.com","pool":"n1","device":"gpu-0","networkData":{"ips":["10.0.0.1","10.0.0.2/24"]}}]""";
        CheckStatus(Allocated, $"{Allocated},{told}",
            "status.devices[0].networkData.ips[0]: Invalid value: \"10.0.0.1\": must be a valid address in CIDR form, "
            + "(e.g. 10.9.8.7/24 or 2001:db8::1/64)");
        CheckStatus(Allocated, $"{Allocated},{told.Replace("gpu-0", "gpu-1").Replace("\"10.0.0.1\",", "")}",
            "status.devices[0]: Invalid value: \"d.example.com/n1/gpu-1\": must be an allocated device in the claim");
        var free = ResourceClaim.Resource.PrepareStatusUpdate!(
            WithStatus(told), WithStatus($"{Allocated},{told}"));
        Assert.Empty(free.Status.Devices.ToArray());
    }

    private static string Claim(string requests) => Named($$$"""{"devices":{"requests":[{{{requests}}}]}}""");

    private static ResourceClaim WithStatus(string status) =>
        Read<ResourceClaim>($"{Claim(Gpu)[..^1]},\"status\":{{{status}}}}}");

    private static IEnumerable<string> ResourceClaimStatusErrors(ResourceClaim next, ResourceClaim old) =>
        ResourceClaim.Resource.ValidateStatusUpdate!(next, old).Select(error => error.Message);

    private static void CheckStatus(string old, string next, params string[] golden) =>
        Assert.Equal(golden, ResourceClaimStatusErrors(WithStatus(next), WithStatus(old)));
}
