using System.Text;
using Netes.Api;

namespace Netes.Tests.Api.Patches;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":{"c":2}}]""", """{"a":1,"b":{"c":2}}""")]
    [InlineData("""{"a":[1,3]}""", """[{"op":"add","path":"/a/1","value":2},{"op":"add","path":"/a/-","value":4}]""",
        """{"a":[1,2,3,4]}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"remove","path":"/a/1"}]""", """{"a":[1,3]}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"remove","path":"/a/-1"}]""", """{"a":[1,2]}""")]
    [InlineData("""{"x/y":{"~":1}}""", """[{"op":"replace","path":"/x~1y/~0","value":null}]""",
        """{"x/y":{"~":null}}""")]
    [InlineData("""{"a":1,"b":{}}""", """[{"op":"move","from":"/a","path":"/b/c"}]""", """{"b":{"c":1}}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/-","value":2}]""",
        """{"a":[1],"b":[1,2]}""")]
    [InlineData("""{"a":{"b":1.0}}""", """[{"op":"test","path":"/a","value":{"b":1}}]""", """{"a":{"b":1.0}}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":[]}]""", "[]")]
    [InlineData("""{"a":1}""", "[]", """{"a":1}""")]
    public void Patch_is_applied(string document, string patch, string expected)
    {
        var result = JsonPatch.Apply(Encoding.UTF8.GetBytes(document), Encoding.UTF8.GetBytes(patch));
        Assert.Null(result.Error);
        Assert.Equal(expected, Encoding.UTF8.GetString(result.Value!));
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/x/y","value":1}]""",
        "add operation does not apply: doc is missing path: \"/x/y\": missing value")]
    [InlineData("""[{"op":"replace","path":"/x","value":1}]""",
        "replace operation does not apply: doc is missing key: /x: missing value")]
    [InlineData("""[{"op":"remove","path":"/x"}]""",
        "error in remove for path: '/x': unable to remove nonexistent key: x: missing value")]
    [InlineData("""[{"op":"test","path":"/a","value":[2]}]""", "testing value /a failed: test failed")]
    [InlineData("""[{"op":"add","path":"/a/5","value":1}]""",
        "Unable to access invalid index: 5: invalid index referenced")]
    [InlineData("""[{"op":"jump","path":"/a"}]""", "Unexpected kind: jump")]
    public void Patch_that_does_not_fit_is_refused(string patch, string message)
    {
        var result = JsonPatch.Apply("""{"a":[1]}"""u8, Encoding.UTF8.GetBytes(patch));
        Assert.Equal(new PatchError(PatchFailure.Unprocessable, message), result.Error);
    }

    [Fact]
    public void Too_many_operations_are_refused()
    {
        var patch = "[" + string.Join(",", Enumerable.Repeat("""{"op":"test","path":"/a","value":1}""", 10_001)) + "]";
        var result = JsonPatch.Apply("""{"a":1}"""u8, Encoding.UTF8.GetBytes(patch));
        Assert.Equal(
            new PatchError(PatchFailure.TooLarge, "The allowed maximum operations in a JSON patch is 10000, got 10001"),
            result.Error);
    }

    [Fact]
    public void Copies_that_grow_the_document_without_end_are_refused()
    {
        var patch = "[" + string.Join(",", Enumerable.Repeat("""{"op":"copy","from":"/a","path":"/a/-"}""", 60)) + "]";
        var result = JsonPatch.Apply("""{"a":[1]}"""u8, Encoding.UTF8.GetBytes(patch));
        Assert.Equal(PatchFailure.Unprocessable, result.Error!.Failure);
        Assert.StartsWith("Unable to complete the copy", result.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"b","c":{"d":"e","f":"g"}}""", """{"a":"z","c":{"f":null}}""", """{"a":"z","c":{"d":"e"}}""")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":{"c":null}}}""", """{"a":{"b":{}}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[2]}""", """{"a":[2]}""")]
    public void Merge_patch_follows_its_RFC(string document, string patch, string expected) => Assert.Equal(
        expected,
        Encoding.UTF8.GetString(
            MergePatch.Apply(Encoding.UTF8.GetBytes(document), Encoding.UTF8.GetBytes(patch)).Value!));

    [Fact]
    public void Merge_patch_that_is_no_object_is_refused() => Assert.Equal(
        new PatchError(PatchFailure.BadRequest, "Invalid JSON Patch"), MergePatch.Apply("{}"u8, "[1]"u8).Error);
}
