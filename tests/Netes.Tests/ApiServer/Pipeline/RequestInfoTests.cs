using Netes.ApiServer;

namespace Netes.Tests.ApiServer.Pipeline;

/// <summary>Goal: the grammar of URLs. Method: URL → verb group/version ns resource name subresource.</summary>
public sealed class RequestInfoTests
{
    [Theory]
    [InlineData("GET", "/api/v1/namespaces", "list /v1  namespaces  ")]
    [InlineData("GET", "/api/v1/namespaces/a", "get /v1 a namespaces a ")]
    [InlineData("PUT", "/api/v1/namespaces/a/finalize", "update /v1 a namespaces a finalize")]
    [InlineData("GET", "/api/v1/namespaces/a/status", "get /v1 a namespaces a status")]
    [InlineData("GET", "/api/v1/namespaces/a/pods", "list /v1 a pods  ")]
    [InlineData("POST", "/api/v1/namespaces/a/pods", "create /v1 a pods  ")]
    [InlineData("GET", "/api/v1/namespaces/a/pods/p", "get /v1 a pods p ")]
    [InlineData("HEAD", "/api/v1/namespaces/a/pods/p", "get /v1 a pods p ")]
    [InlineData("GET", "/api/v1/namespaces/a/pods/p/log", "get /v1 a pods p log")]
    [InlineData("DELETE", "/api/v1/namespaces/a/pods", "deletecollection /v1 a pods  ")]
    [InlineData("GET", "/api/v1/pods?watch=true", "watch /v1  pods  ")]
    [InlineData("GET", "/api/v1/pods?watch=0", "list /v1  pods  ")]
    [InlineData("GET", "/api/v1/watch/namespaces/a/pods/p", "watch /v1 a pods p ")]
    [InlineData("GET", "/api/v1/pods?fieldSelector=metadata.name%3Dx", "list /v1  pods x ")]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/a/deployments/d/scale", "patch apps/v1 a deployments d scale")]
    [InlineData("GET", "/api/v1/nodes/n/proxy/stats/summary", "get /v1  nodes n proxy")]
    public void Resource_url_read(string method, string url, string expected)
    {
        var info = Parse(method, url);
        Assert.True(info.IsResourceRequest);
        Assert.Equal(expected, string.Join(' ', info.Verb, $"{info.ApiGroup}/{info.ApiVersion}", info.Namespace,
            info.Resource, info.Name, info.Subresource));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/apis/apps/v1")]
    [InlineData("/healthz/ping")]
    [InlineData("/openapi/v3/apis/apps/v1")]
    public void Other_url_is_no_resource(string url)
    {
        var info = Parse("GET", url);
        Assert.False(info.IsResourceRequest);
        Assert.Equal("get", info.Verb);
    }

    private static RequestInfo Parse(string method, string url)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        return RequestInfoParser.Parse(
            method, question < 0 ? url : url[..question], ApiQuery.Parse(question < 0 ? "" : url[question..]));
    }
}
