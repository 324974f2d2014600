using System.Buffers;
using System.Text;
using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.Tests.ApiServer.Admission;

/// <summary>Goal: each plugin and each step is told once per write, with what became of it.</summary>
public sealed class AdmissionMetricsTests
{
    [Fact]
    public async Task Plugins_and_steps_are_told_by_operation_and_refusal()
    {
        using var fixture = new AdmissionFixture();
        await fixture.CreateAsync(Map("default"));
        await Assert.ThrowsAsync<ApiException>(() => fixture.CreateAsync(Map("nowhere")));

        var text = TextOf(fixture);
        foreach (var line in (string[])
        [
            Plugin("NamespaceLifecycle", "false", "admit") + " 1\n",
            Plugin("NamespaceLifecycle", "true", "admit") + " 1\n",
            Plugin("LimitRanger", "false", "admit") + " 1\n",
            Step("false", "admit") + " 1\n",
            Step("true", "admit") + " 1\n",
            Step("false", "validate") + " 1\n",
            "apiserver_admission_step_admission_duration_seconds_bucket{operation=\"CREATE\",rejected=\"false\","
                + "type=\"admit\",le=\"0.025\"} 1\n",
        ])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Plugin("LimitRanger", "true", "admit"), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Step("true", "validate"), text, StringComparison.Ordinal);
    }

    private static ConfigMap Map(string ns) => new() { Metadata = new ObjectMeta { Name = "a", Namespace = ns } };

    private static string Plugin(string name, string rejected, string type) =>
        $"apiserver_admission_controller_admission_duration_seconds_count{{name=\"{name}\",operation=\"CREATE\","
        + $"rejected=\"{rejected}\",type=\"{type}\"}}";

    private static string Step(string rejected, string type) =>
        $"apiserver_admission_step_admission_duration_seconds_count{{operation=\"CREATE\",rejected=\"{rejected}\","
        + $"type=\"{type}\"}}";

    private static string TextOf(AdmissionFixture fixture)
    {
        var output = new ArrayBufferWriter<byte>();
        fixture.Metrics.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
