using Netes.Api.Apps;
using static Netes.Tests.Api.Rules;

namespace Netes.Tests.Api.Apps.DaemonSets;

public sealed class DaemonSetRulesTests
{
    private const string Rest = """
        "selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"a"}]}}
        """;

    [Fact]
    public void Smallest_set_gets_all_defaults()
    {
        var spec = Created<DaemonSet>(Named($"{{{Rest}}}")).Spec;
        Assert.Equal(("RollingUpdate", 1, 0, 10), (spec.UpdateStrategy.Type,
            spec.UpdateStrategy.RollingUpdate!.MaxUnavailable!.Value.Number,
            spec.UpdateStrategy.RollingUpdate.MaxSurge!.Value.Number, spec.RevisionHistoryLimit));
        CheckErrors<DaemonSet>(Named($"{{{Rest}}}"));
    }

    [Theory]
    [InlineData("""{"rollingUpdate":{"maxUnavailable":1,"maxSurge":1}}""",
        "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero")]
    [InlineData("""{"rollingUpdate":{"maxUnavailable":0}}""",
        "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0")]
    [InlineData("""{"rollingUpdate":{"maxUnavailable":"200%"}}""",
        "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 200%: must not be greater than 100%")]
    public void Bad_strategy_is_named(string strategy, string error) =>
        CheckErrors<DaemonSet>(Named($"{{\"updateStrategy\":{strategy},{Rest}}}"), error);
}
