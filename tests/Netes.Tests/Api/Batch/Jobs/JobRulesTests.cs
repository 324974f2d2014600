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
    public void Bad_spec_is_named(string spec, string error) => CheckErrors<Job>(Of(spec), error);

    private static string Of(string spec) =>
        $$$"""{"metadata":{"name":"j","namespace":"default","uid":"u"},"spec":{{{spec}}}}""";
}
