using Netes.Api;

namespace Netes.Tests.Api.Machinery;

public sealed class FeatureGatesTests
{
    [Theory]
    [InlineData("", true, false)]
    [InlineData("StorageVersionAPI=true", true, true)]
    [InlineData("StorageVersionAPI=T, APIServerIdentity=0", false, true)]
    [InlineData("kube:StorageVersionAPI=true", true, true)]
    [InlineData("AllAlpha=true", true, true)]
    [InlineData("AllBeta=false", false, false)]
    [InlineData("AllAlpha=true,StorageVersionAPI=false", true, false)]
    [InlineData("AllBeta=false,APIServerIdentity=true", true, false)]
    [InlineData("RetryGenerateName=true", true, false)]
    public void Gates_areWhatTheFlagSays(string flag, bool identity, bool storageVersions)
    {
        var (gates, errors, _) = FeatureGates.Parse(flag);
        Assert.Empty(errors);
        Assert.Equal(identity, gates.IsOn(Feature.APIServerIdentity));
        Assert.Equal(storageVersions, gates.IsOn(Feature.StorageVersionAPI));
        Assert.Equal(identity && storageVersions, gates.RecordStorageVersions);
    }

    [Theory]
    [InlineData("Unheard=true", "unrecognized feature gate: Unheard")]
    [InlineData("StorageVersionAPI", "missing bool value for StorageVersionAPI")]
    [InlineData("StorageVersionAPI=yes",
        "invalid value of StorageVersionAPI=yes, err: strconv.ParseBool: parsing \"yes\": invalid syntax")]
    [InlineData("RetryGenerateName=false",
        "cannot set feature gate RetryGenerateName to false, feature is locked to true")]
    [InlineData("wardle:StorageVersionAPI=true", "component not registered: wardle")]
    public void BadFlag_isRefusedInKubernetesWords(string flag, string error)
    {
        var (gates, errors, _) = FeatureGates.Parse(flag);
        Assert.Equal([error], errors);
        Assert.Same(FeatureGates.Default, gates);
    }

    [Fact]
    public void GateOfAFeatureThatIsThereForGood_warns() => Assert.Equal(
        ["Setting GA feature gate RetryGenerateName=true. It will be removed in a future release."],
        FeatureGates.Parse("RetryGenerateName=true").Warnings);
}
