using Netes.Api.Apps;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Apps.Deployments;

public sealed class DeploymentRulesTests
{
    private const string Template =
        """{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"a"}]}}""";
    private const string Selector = """{"matchLabels":{"app":"a"}}""";

    [Fact]
    public void Smallest_deployment_gets_all_defaults()
    {
        var spec = Created<Deployment>(Named($$"""{"selector":{{Selector}},"template":{{Template}}}""")).Spec;
        Assert.Equal((1, 10, 600, "RollingUpdate", "25%", "25%"), (spec.Replicas, spec.RevisionHistoryLimit,
            spec.ProgressDeadlineSeconds, spec.Strategy.Type, spec.Strategy.RollingUpdate!.MaxSurge!.Value.Text,
            spec.Strategy.RollingUpdate.MaxUnavailable!.Value.Text));
        Assert.Equal("Always", spec.Template.Spec.RestartPolicy);
        Assert.Null(spec.Template.Spec.EnableServiceLinks);
    }

    [Theory]
    [InlineData($$"""{"template":{{Template}}}""", "spec.selector: Required value")]
    [InlineData($$"""{"selector":{},"template":{{Template}}}""",
        "spec.selector: Invalid value: {}: empty selector is invalid for deployment")]
    [InlineData($$$"""{"selector":{"matchLabels":{"app":"b"}},"template":{{{Template}}}}""",
        "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match template `labels`")]
    [InlineData($$"""{"replicas":-1,"selector":{{Selector}},"template":{{Template}}}""",
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData(
        """{"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"a"}]}}}""",
        "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")]
    [InlineData(
        $$$"""{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":0}},"selector":{{{Selector}}},"template":{{{Template}}}}""",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0")]
    [InlineData(
        $$$"""{"strategy":{"type":"Recreate","rollingUpdate":{}},"selector":{{{Selector}}},"template":{{{Template}}}}""",
        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")]
    [InlineData($$"""{"minReadySeconds":600,"selector":{{Selector}},"template":{{Template}}}""",
        "spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds")]
    public void Bad_spec_is_named(string spec, string error) => CheckErrors<Deployment>(Named(spec), error);

    [Fact]
    public void Selector_does_not_change() => CheckUpdate<Deployment>(
        Named($$"""{"selector":{{Selector}},"template":{{Template}}}"""),
        Named("""{"selector":{"matchLabels":{"app":"b"}},"template":{"metadata":{"labels":{"app":"b"}},"spec":{"containers":[{"name":"c","image":"a"}]}}}"""),
        "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable");
}
