using Netes.Api;

namespace Netes.Tests.Api.Machinery;

public sealed class FieldPathTests
{
    [Fact]
    public void Path_reads_like_Go() => Assert.Equal(
        "spec.containers[0].env[20].valueFrom.resources[a/b].x",
        FieldPath.Of("spec").Child("containers").Index(0).Child("env").Index(20).Child("valueFrom").Child("resources")
            .Key("a/b").Child("x").ToString());

    [Fact]
    public void No_path_is_nil() => Assert.Equal("<nil>", FieldPath.Root.ToString());

    [Fact]
    public void Unnamed_path_is_empty() => Assert.Equal("", FieldPath.Of("").ToString());

    [Fact]
    public void Common_paths_are_made_once() =>
        Assert.Same(FieldPath.Of("spec").Child("ports").Index(1), FieldPath.Of("spec").Child("ports").Index(1));

    [Fact]
    public void Index_and_name_are_told_apart() => Assert.Equal(
        "a[1],a.1", $"{FieldPath.Of("a").Index(1)},{FieldPath.Of("a").Child("1")}");
}
