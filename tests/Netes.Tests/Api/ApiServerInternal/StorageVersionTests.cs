using Netes.Api;
using Netes.Api.ApiServerInternal;

namespace Netes.Tests.Api.ApiServerInternal;

public sealed class StorageVersionTests
{
    private static readonly Timestamp Then = Timestamp.From(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private static readonly Timestamp Now = Timestamp.From(new(2026, 1, 1, 13, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("core.pods", null)]
    [InlineData("events.k8s.io.events", null)]
    [InlineData("pods", "name must be in the form of <group>.<resource>")]
    public void Name_isAGroupAndAResource(string name, string? error) =>
        Assert.Equal(error is null ? [] : [error], StorageVersion.Resource.ValidateName!(name));

    [Fact]
    public void NamesParts_areCheckedEach() => Assert.Equal(
        ["the group segment ", "the resource segment "],
        StorageVersion.Resource.ValidateName!("A.1").Select(message => message[..(message.IndexOf("segment ",
            StringComparison.Ordinal) + 8)]));

    [Fact]
    public void FirstServer_setsTheCommonVersion()
    {
        var item = With(new(), Server("a", "apps/v1"), Then);
        Assert.Equal("apps/v1", item.Status.CommonEncodingVersion);
        Assert.Equal(Condition("True", "CommonEncodingVersionSet", "Common encoding version set", Then),
            Assert.Single(item.Status.Conditions.ToArray()));
        Assert.Empty(Check(item.Status));
    }

    [Fact]
    public void ServersThatDiffer_haveNoCommonVersion()
    {
        var item = With(With(new(), Server("a", "apps/v1"), Then), Server("b", "apps/v2"), Now);
        Assert.Null(item.Status.CommonEncodingVersion);
        Assert.Equal(Condition("False", "CommonEncodingVersionUnset", "Common encoding version unset", Now),
            Assert.Single(item.Status.Conditions.ToArray()));
    }

    [Fact]
    public void SameServerAgain_keepsTheTime()
    {
        var item = With(new(), Server("a", "apps/v1"), Then);
        Assert.Equal(item, With(item, Server("a", "apps/v1"), Now));
    }

    [Fact]
    public void AnotherCommonVersion_isATransition()
    {
        var item = With(With(new(), Server("a", "apps/v1"), Then), Server("a", "apps/v2"), Now);
        Assert.Equal("apps/v2", item.Status.CommonEncodingVersion);
        Assert.Equal(Now, item.Status.Conditions[0].LastTransitionTime);
    }

    [Fact]
    public void NoServerLeft_unsetsTheCommonVersion()
    {
        var item = StorageVersionAgreement.WithServers(With(new(), Server("a", "apps/v1"), Then), [], Now);
        Assert.Null(item.Status.CommonEncodingVersion);
        Assert.Equal("False", item.Status.Conditions[0].Status);
    }

    [Fact]
    public void BadStatus_isRefusedInKubernetesWords()
    {
        var status = new StorageVersionStatus
        {
            StorageVersions =
            [
                new() { APIServerID = "a", EncodingVersion = "v1", DecodableVersions = ["v2"] },
                new() { APIServerID = "b", EncodingVersion = "/V", DecodableVersions = ["/V", "a/b/c"] },
            ],
            CommonEncodingVersion = "v1",
            Conditions =
            [
                new() { Type = "T", Status = "True" },
                new() { Type = "T", Status = "True", Reason = "R", Message = "m" },
            ],
        };
        var errors = Check(status).ToDictionary(error => error.Field, Text);
        Assert.Equal(
            "Invalid value: [\"v2\"]: decodableVersions must include encodingVersion v1",
            errors["status.storageVersions[0].decodableVersions"]);
        Assert.StartsWith(
            "Invalid value: \"/V\": group part: must be non-empty,version part: a DNS-1035 label must consist",
            errors["status.storageVersions[1].encodingVersion"], StringComparison.Ordinal);
        Assert.StartsWith(
            "Invalid value: \"a/b/c\": an apiVersion is a DNS-1035 label, which must consist",
            errors["status.storageVersions[1].decodableVersions[1]"], StringComparison.Ordinal);
        Assert.Equal(
            "Invalid value: \"v1\": should be nil if servers do not agree on the same encoding version, or if there "
            + "is no server reporting the supported versions yet",
            errors["status.commonEncodingVersion"]);
        Assert.Equal("Required value: reason cannot be empty", errors["status[0].reason"]);
        Assert.Equal("Required value: message cannot be empty", errors["status[0].message"]);
        Assert.Equal(
            "Invalid value: \"T\": the type of the condition is not unique, it also appears in conditions[0]",
            errors["status[1].type"]);
    }

    [Fact]
    public void WrongCommonVersion_isRefused()
    {
        var status = With(new(), Server("a", "apps/v1"), Then).Status;
        Assert.Equal(["status.commonEncodingVersion: Invalid value: null: the common encoding version is apps/v1"],
            Messages(status with { CommonEncodingVersion = null }));
        Assert.Equal(
            ["status.commonEncodingVersion: Invalid value: \"v9\": the actual common encoding version is apps/v1"],
            Messages(status with { CommonEncodingVersion = "v9" }));
    }

    [Fact]
    public void Columns_showTheFirstServers()
    {
        var item = new StorageVersion { Metadata = new() { Name = "apps.deployments" } };
        Assert.Equal(["apps.deployments", "<unset>", "<unset>"], Cells(item));
        item = "abcd".Aggregate(item, (next, name) => With(next, Server($"{name}", "apps/v1"), Then));
        Assert.Equal(
            ["apps.deployments", "apps/v1", "a=apps/v1,b=apps/v1,c=apps/v1 + 1 more..."], Cells(item));
    }

    private static IEnumerable<string> Cells(StorageVersion item) => StorageVersion.Resource.Columns.Take(3)
        .Select(column => column.Value(item, Rules.Now)!.ToString()!);

    private static List<FieldError> Check(StorageVersionStatus status) =>
        [.. StorageVersion.Resource.ValidateStatusUpdate!(new() { Status = status }, new())];

    private static IEnumerable<string> Messages(StorageVersionStatus status) =>
        Check(status).Select(error => $"{error.Field}: {Text(error)}");

    // A message begins with its field.
    private static string Text(FieldError error) => error.Message[(error.Field.Length + 2)..];

    private static StorageVersion With(StorageVersion item, ServerStorageVersion server, Timestamp now) =>
        StorageVersionAgreement.WithServer(item, server, now);

    private static ServerStorageVersion Server(string name, string version) =>
        new() { APIServerID = name, EncodingVersion = version, DecodableVersions = [version] };

    private static StorageVersionCondition Condition(string status, string reason, string message, Timestamp since) =>
        new()
        {
            Type = "AllEncodingVersionsEqual", Status = status, Reason = reason, Message = message,
            LastTransitionTime = since,
        };
}
