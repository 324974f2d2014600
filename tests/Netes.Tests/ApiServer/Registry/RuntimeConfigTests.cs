using Netes.Api;
using Netes.Api.ApiServerInternal;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.ApiServer.Registry;

namespace Netes.Tests.ApiServer.Registry;

public sealed class RuntimeConfigTests
{
    [Theory]
    [InlineData("", true, true, false)]
    [InlineData("internal.apiserver.k8s.io/v1alpha1=true", true, true, true)]
    [InlineData("internal.apiserver.k8s.io/v1alpha1", true, true, true)]
    [InlineData("api/alpha=true", true, true, true)]
    [InlineData("api/all=true", true, true, true)]
    [InlineData("api/all=false,/v1=true", true, false, false)]
    [InlineData("batch/v1=false", true, false, false)]
    [InlineData("batch/v1=false,batch/v1/jobs=true", true, true, false)]
    [InlineData("batch/v1/jobs=false", true, false, false)]
    [InlineData("api/alpha=true,internal.apiserver.k8s.io/v1alpha1/storageversions=false", true, true, false)]
    public void Apis_areServedAsTheFlagSays(string flag, bool pods, bool jobs, bool storageVersions)
    {
        var (config, error) = RuntimeConfig.Parse(flag);
        Assert.Null(error);
        Assert.Equal((pods, jobs, storageVersions),
            (config.Serves(Pod.Resource), config.Serves(Job.Resource), config.Serves(StorageVersion.Resource)));
        Assert.Equal(Resources.Known.Where(config.Serves), config.Served);
    }

    [Theory]
    [InlineData("api/all=false", "invalid key with only api/all=false")]
    [InlineData("v1=true", "runtime-config invalid key v1")]
    [InlineData("example.com/v1=true,other.io/v2=true", "unknown api groups example.com,other.io")]
    [InlineData("batch/v1beta1=true", "group version batch/v1beta1 that has not been registered")]
    [InlineData("api/beta=maybe", "invalid value api/beta=maybe")]
    [InlineData("batch/v1=maybe",
        "invalid value of batch/v1: maybe, err: strconv.ParseBool: parsing \"maybe\": invalid syntax")]
    [InlineData("batch/v1/Jobs=true",
        "invalid key batch/v1/Jobs: group/version/resource and resource is always lowercase plural, not \"Jobs\"")]
    public void BadFlag_isRefusedInKubernetesWords(string flag, string error) =>
        Assert.Equal(error, RuntimeConfig.Parse(flag).Error);
}
