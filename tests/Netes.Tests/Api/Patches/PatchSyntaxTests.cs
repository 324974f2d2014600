using System.Text;
using Netes.Api;

namespace Netes.Tests.Api.Patches;

/// <summary>Goal: what is wrong with a patch itself is told in Kubernetes' words.</summary>
public sealed class PatchSyntaxTests
{
    [Theory]
    [InlineData(MergePatch.MediaType, """{"a":{"b":1,"b":2},"a":[{"c":1,"c":2}]}""",
        "duplicate field \"a.b\"|duplicate field \"a\"|duplicate field \"a[0].c\"")]
    [InlineData(StrategicMergePatch.MediaType, """{"spec":{"x":1,"x":2}}""", "duplicate field \"spec.x\"")]
    [InlineData(JsonPatch.MediaType, """[{"op":"add","op":"add","path":"/a","value":{"v":1},"huh":1}]""",
        "json patch duplicate field \"[0].op\"|json patch unknown field \"[0].huh\"")]
    [InlineData(MergePatch.MediaType, """{"a":{"b":1}}""", "")]
    public void Members_that_stand_twice_are_listed(string mediaType, string patch, string expected)
    {
        Assert.True(PatchSyntax.TryCheck(mediaType, Encoding.UTF8.GetBytes(patch), out var issues, out _));
        Assert.Equal(expected, string.Join('|', issues));
    }

    [Theory]
    [InlineData(MergePatch.MediaType, "[1]",
        "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData(MergePatch.MediaType, "{", "error decoding patch: unexpected end of JSON input")]
    [InlineData(StrategicMergePatch.MediaType, "\"x\"",
        "json: cannot unmarshal string into Go value of type map[string]interface {}")]
    [InlineData(JsonPatch.MediaType, "{}",
        "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")]
    public void Patch_of_another_shape_is_refused(string mediaType, string patch, string expected)
    {
        Assert.False(PatchSyntax.TryCheck(mediaType, Encoding.UTF8.GetBytes(patch), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Issues_end_at_a_hundred()
    {
        var patch = "{" + string.Join(',', Enumerable.Repeat("\"a\":1", 500)) + "}";
        Assert.True(PatchSyntax.TryCheck(MergePatch.MediaType, Encoding.UTF8.GetBytes(patch), out var issues, out _));
        Assert.Equal(100, issues.Count);
    }
}
