using Netes.Api.Batch;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Batch.Jobs;

public sealed class JobRulesTests
{
    private const string Template = """{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"a"}]}}""";

    [Fact]
    public void Smallest_job_gets_all_defaults_and_a_selector_of_its_own()
    {
        var job = Created<Job>(Of($$"""{"template":{{Template}}}"""));
        Assert.Equal((1, 1, 6, "NonIndexed", false, "TerminatingOrFailed"), (job.Spec.Completions, job.Spec.Parallelism,
            job.Spec.BackoffLimit, job.Spec.CompletionMode, job.Spec.Suspend, job.Spec.PodReplacementPolicy));
        Assert.Equal("batch.kubernetes.io/controller-uid=u",
            string.Join(',', job.Spec.Selector!.MatchLabels.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("batch.kubernetes.io/controller-uid=u,batch.kubernetes.io/job-name=j,controller-uid=u,job-name=j",
            string.Join(',', job.Spec.Template.Metadata.Labels.Select(pair => $"{pair.Key}={pair.Value}")));
        CheckErrors<Job>(Of($$"""{"template":{{Template}}}"""));
    }

    [Theory]
    [InlineData("""{"template":{"spec":{"containers":[{"name":"c","image":"a"}]}}}""",
        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData($$"""{"completionMode":"Indexed","template":{{Template}},"parallelism":2}""",
        "spec.completions: Required value: when completion mode is Indexed")]
    [InlineData($$"""{"backoffLimit":-1,"template":{{Template}}}""",
        "spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData($$"""{"maxFailedIndexes":1,"template":{{Template}}}""",
        "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified",
        "spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode")]
    [InlineData($$"""{"managedBy":"me","template":{{Template}}}""",
        "spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData($$"""
        {"template":{{Template}},"podFailurePolicy":{"rules":[
        {"action":"Ignore","onExitCodes":{"containerName":"x","operator":"In","values":[3,2,2,0]} }]} }
        """,
        "spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"x\": must be one of the container or initContainer names in the pod template",
        "spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 2",
        "spec.podFailurePolicy.rules[0].onExitCodes.values[3]: Invalid value: 0: must not be 0 for the In operator",
        "spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,2,2,0]: must be ordered")]
    [InlineData($$"""
        {"template":{{Template}},"completionMode":"Indexed","completions":3,
        "successPolicy":{"rules":[{"succeededIndexes":"0-1","succeededCount":3},{"succeededIndexes":"2,1"}]} }
        """,
        "spec.successPolicy.rules[0].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)",
        "spec.successPolicy.rules[1].succeededIndexes: Invalid value: \"2,1\": error parsing succeededIndexes: non-increasing order, previous: 2, current: 1")]
    public void Bad_spec_is_named(string spec, params string[] errors) => CheckErrors<Job>(Of(spec), errors);

    private static string Of(string spec) =>
        $$$"""{"metadata":{"name":"j","namespace":"default","uid":"u"},"spec":{{{spec}}}}""";
}
