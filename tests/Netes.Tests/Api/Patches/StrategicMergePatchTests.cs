using System.Text;
using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;

namespace Netes.Tests.Api.Patches;

public sealed class StrategicMergePatchTests
{
    [Theory]
    // Objects are merged, null removes, maps of texts too.
    [InlineData("""{"metadata":{"labels":{"a":"1","b":"2"}}}""",
        """{"metadata":{"labels":{"b":null,"c":"3","d":null}}}""",
        """{"metadata":{"labels":{"a":"1","c":"3"}}}""")]
    // Lists with a merge key are merged by it; the patch's items come in the patch's order, new ones at the end.
    [InlineData("""{"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}}""",
        """{"spec":{"containers":[{"name":"b","image":"3"},{"name":"c","image":"4"}]}}""",
        """{"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"3"},{"name":"c","image":"4"}]}}""")]
    // Lists without strategy are replaced.
    [InlineData("""{"spec":{"containers":[{"name":"a","args":["x","y"]}]}}""",
        """{"spec":{"containers":[{"name":"a","args":["z"]}]}}""",
        """{"spec":{"containers":[{"name":"a","args":["z"]}]}}""")]
    // An item is deleted by its key, a list is replaced by a marker.
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}""",
        """{"spec":{"containers":[{"$patch":"delete","name":"a"}]}}""", """{"spec":{"containers":[{"name":"b"}]}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}""",
        """{"spec":{"containers":[{"$patch":"replace"},{"name":"c"}]}}""",
        """{"spec":{"containers":[{"name":"c"}]}}""")]
    // Objects are replaced or emptied by a marker.
    [InlineData("""{"metadata":{"labels":{"a":"1"},"name":"n"}}""",
        """{"metadata":{"labels":{"$patch":"replace","b":"2"}}}""", """{"metadata":{"labels":{"b":"2"},"name":"n"}}""")]
    [InlineData("""{"metadata":{"labels":{"a":"1"}}}""", """{"metadata":{"labels":{"$patch":"delete"}}}""",
        """{"metadata":{"labels":{}}}""")]
    // Plain values are merged as a set, and deleted by a parallel list.
    [InlineData("""{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"finalizers":["b","c"]}}""",
        """{"metadata":{"finalizers":["a","b","c"]}}""")]
    [InlineData("""{"metadata":{"finalizers":["a","b"]}}""",
        """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}}""",
        """{"metadata":{"finalizers":["b"]}}""")]
    // The order directive sorts what it names; what only the server has keeps its place.
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"name":"s"},{"name":"b"}]}}""",
        """{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"b","image":"1"}]}}""",
        """{"spec":{"containers":[{"name":"s"},{"name":"b","image":"1"},{"name":"a"}]}}""")]
    [InlineData("""{"metadata":{"finalizers":["a","b","c"]}}""",
        """{"metadata":{"$setElementOrder/finalizers":["c","a"]}}""", """{"metadata":{"finalizers":["b","c","a"]}}""")]
    // Ports merge by number, environment by name, inside a merged item. A new item comes before what only the server
    // has.
    [InlineData(
        """{"spec":{"containers":[{"name":"a","ports":[{"containerPort":80,"name":"h"}],"env":[{"name":"X","value":"1"}]}]}}""",
        """{"spec":{"containers":[{"name":"a","ports":[{"containerPort":80,"hostPort":8}],"env":[{"name":"Y","value":"2"}]}]}}""",
        """{"spec":{"containers":[{"name":"a","ports":[{"containerPort":80,"name":"h","hostPort":8}],"env":[{"name":"Y","value":"2"},{"name":"X","value":"1"}]}]}}""")]
    // Retained keys clear the others: a volume gets another source.
    [InlineData("""{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""",
        """{"spec":{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/x"}}]}}""",
        """{"spec":{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}}""")]
    // What is new comes without nulls and directives.
    [InlineData("{}",
        """{"spec":{"nodeSelector":null,"containers":[{"name":"a","image":null},{"$patch":"delete","name":"b"}]}}""",
        """{"spec":{"containers":[{"name":"a"}]}}""")]
    public void Patch_merges_as_Kubernetes_does(string document, string patch, string expected) =>
        Assert.Equal(expected, Apply(Pod.WireSchema, document, patch));

    [Fact]
    public void Strategy_of_a_deployment_is_switched_with_retained_keys() => Assert.Equal(
        """{"spec":{"strategy":{"type":"Recreate"}}}""",
        Apply(
            Deployment.WireSchema,
            """{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}}""",
            """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}"""));

    [Theory]
    [InlineData("[]", PatchFailure.BadRequest, "invalid JSON document")]
    [InlineData("{", PatchFailure.BadRequest, "unexpected end of JSON input")]
    [InlineData("""{"metadata":{"$patch":"x"}}""", PatchFailure.Internal,
        "unknown patch type: x in map: map[$patch:x]")]
    [InlineData("""{"spec":{"$retainKeys":{},"a":1}}""", PatchFailure.BadRequest, "invalid patch format of retainKeys")]
    [InlineData("""{"spec":{"$retainKeys":["b"],"a":1}}""", PatchFailure.BadRequest,
        "invalid patch format of retainKeys")]
    [InlineData("""{"spec":{"containers":[{"image":"x"}]}}""", PatchFailure.Internal,
        "map: map[image:x] does not contain declared merge key: name")]
    [InlineData("""{"spec":{"containers":[[]]}}""", PatchFailure.Unprocessable, "lists of lists are not supported")]
    [InlineData("""{"spec":{"$setElementOrder/containers":{}}}""", PatchFailure.Internal,
        "expected a []interface {}, but received a map[string]interface {}")]
    public void Bad_patch_is_refused_in_Kubernetes_words(string patch, PatchFailure failure, string message)
    {
        var document = """{"metadata":{"name":"n"},"spec":{"containers":[{"name":"a"}]}}"""u8;
        var result = StrategicMergePatch.Apply(Pod.WireSchema, document, Encoding.UTF8.GetBytes(patch));
        Assert.Null(result.Value);
        Assert.Equal(new PatchError(failure, message), result.Error);
    }

    [Fact]
    public void Long_lists_are_merged_in_linear_time()
    {
        const int Count = 40_000;
        var names = string.Join(",", Enumerable.Range(0, Count).Select(i => $"\"example.com/f{i}\""));
        var document = $"{{\"metadata\":{{\"finalizers\":[{names}]}}}}";
        var merged = Apply(Pod.WireSchema, document, document.Replace("/f", "/g"));
        Assert.Equal(2 * Count, merged.Split("example.com").Length - 1);
    }

    private static string Apply(TypeSchema schema, string document, string patch)
    {
        var result = StrategicMergePatch.Apply(schema, Encoding.UTF8.GetBytes(document), Encoding.UTF8.GetBytes(patch));
        Assert.Null(result.Error);
        return Encoding.UTF8.GetString(result.Value!);
    }
}
