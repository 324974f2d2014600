using Netes.Api;
using Netes.Api.DynamicResources;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.DynamicResources;

public sealed class DeviceExpressionTests
{
    private static readonly Device Gpu = new()
    {
        Name = "gpu-0",
        AllowMultipleAllocations = true,
        Attributes = ValueMap.Of(
            ("model", new DeviceAttribute { StringValue = "A100" }),
            ("cores", new DeviceAttribute { IntValue = 64 }),
            ("healthy", new DeviceAttribute { BoolValue = true }),
            ("firmware", new DeviceAttribute { VersionValue = "1.10.0" }),
            ("other.example.com/rack", new DeviceAttribute { StringValue = "r1" })),
        Capacity = ValueMap.Of(("memory", new DeviceCapacity { Value = Quantity.Parse("40Gi") })),
    };

    [Theory]
    [InlineData("device.driver == 'd.example.com'")]
    [InlineData("device.attributes['d.example.com'].model == 'A100' && device.attributes['d.example.com'].cores >= 64")]
    [InlineData("device.attributes['d.example.com'].healthy")]
    [InlineData("device.attributes['d.example.com'].firmware.isGreaterThan(semver('1.9.0'))")]
    [InlineData("device.attributes['other.example.com'].rack.startsWith('r')")]
    [InlineData("!('rack' in device.attributes['nobody.example.com'])")]
    [InlineData("device.capacity['d.example.com'].memory.compareTo(quantity('32Gi')) > 0")]
    [InlineData("device.allowMultipleAllocations")]
    [InlineData("cel.bind(dra, device.attributes['d.example.com'], dra.healthy && dra.cores == 64)")]
    public void Expression_matchesTheDevice(string text)
    {
        var expression = DeviceExpression.Compile(text);
        Assert.Equal("", expression.Error);
        Assert.Equal((true, ""), expression.Match("d.example.com", Gpu));
        Assert.True(expression.MaxCost < DeviceLimits.ExpressionCost, $"{expression.MaxCost}");
        Assert.False(DeviceExpression.Compile($"!({text})").Match("d.example.com", Gpu).Matches);
    }

    [Fact]
    public void MissingAttribute_isAnError() => Assert.Equal(
        (false, "no such key: power"),
        DeviceExpression.Compile("device.attributes['d.example.com'].power > 1").Match("d.example.com", Gpu));

    [Fact]
    public void Claim_isRefusedForItsExpressions() => Assert.Equal(
        [
            "spec.devices.requests[0].exactly.selectors[0].cel.expression",
            "spec.devices.requests[0].exactly.selectors[1].cel.expression",
            "spec.devices.requests[0].exactly.selectors[2].cel.expression",
        ],
        ResourceClaim.Resource.CheckCreate(Created<ResourceClaim>(Named(
            """
            {"devices":{"requests":[{"name":"a","exactly":{"deviceClassName":"c","selectors":[
            {"cel":{"expression":"device.nothing"}},{"cel":{"expression":"device.driver"}},{"cel":{"expression":"1 +"}},
            {"cel":{"expression":"true"}}]}}]}}
            """))).Select(error => error.Field));
}
