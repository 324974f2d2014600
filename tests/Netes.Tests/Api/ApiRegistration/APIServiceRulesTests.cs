using Netes.Api.ApiRegistration;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.ApiRegistration;

public sealed class APIServiceRulesTests
{
    [Theory]
    [InlineData("v1.a.b", """
        "group":"a.b","version":"v1","service":{"namespace":"n","name":"s"}
        """)]
    [InlineData("v1.a.b", """
        "group":"a.b","version":"v1"
        """)]
    [InlineData("v1.x", """
        "group":"a.b","version":"v1"
        """, "metadata.name: Invalid value: \"v1.x\": must be `spec.version+\".\"+spec.group`: \"v1.a.b\"")]
    [InlineData("v2.", """
        "group":"","version":"v2"
        """, "spec.group: Required value: only v1 may have an empty group and it better be legacy kube")]
    [InlineData("v1.a.b", """
        "group":"a.b","version":"v1","caBundle":"YQ==","insecureSkipTLSVerify":true
        """, "spec.caBundle: Invalid value: 1 bytes: local APIServices may not have a caBundle",
        "spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify")]
    [InlineData("v1.a.b", """
        "group":"a.b","version":"v1","caBundle":"YQ==","insecureSkipTLSVerify":true,"service":{"port":70000}
        """, "spec.service.namespace: Required value", "spec.service.name: Required value",
        "spec.service.port: Invalid value: 70000: port is not valid: must be between 1 and 65535, inclusive",
        "spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present")]
    public void Rule_is_named(string name, string spec, params string[] errors) => CheckErrors<APIService>(
        $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"groupPriorityMinimum":100,"versionPriority":10,{{{spec}}} } }""", errors);

    [Fact]
    public void Port_of_https_is_the_default() => Assert.Equal(443, Created<APIService>(
        """{"metadata":{"name":"v1.a.b"},"spec":{"group":"a.b","version":"v1","service":{"namespace":"n","name":"s"}}}""").Spec.Service!.Port);
}
