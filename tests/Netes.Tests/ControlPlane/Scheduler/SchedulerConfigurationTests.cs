using System.Text;
using Netes.ControlPlane.Scheduling;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.Scheduler;

public sealed class SchedulerConfigurationTests
{
    private const string Header = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n";

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "profils: []", "strict decoding error: unknown field \"profils\"" },
        {
            "profiles: [{plugins: {score: {enable: []}}}]",
            "strict decoding error: unknown field \"profiles[0].plugins.score.enable\""
        },
        {
            "percentageOfNodesToScore: many",
            "json: cannot unmarshal string into Go struct field "
                + "KubeSchedulerConfiguration.percentageOfNodesToScore of type int32"
        },
        { "percentageOfNodesToScore: 101", "percentageOfNodesToScore: Invalid value: 101: not in valid range [0-100]" },
        { "parallelism: 0", "parallelism: Invalid value: 0: should be an integer value greater than zero" },
        { "podInitialBackoffSeconds: 0", "podInitialBackoffSeconds: Invalid value: 0: must be greater than 0" },
        {
            "podInitialBackoffSeconds: 20",
            "podMaxBackoffSeconds: Invalid value: 10: must be greater than or equal to PodInitialBackoffSeconds"
        },
        {
            "profiles: [{schedulerName: a}, {schedulerName: a}]",
            "profiles[1].schedulerName: Duplicate value: \"profiles[0].schedulerName\""
        },
        { "profiles: [{schedulerName: a}, {}]", "profiles[1].schedulerName: Required value" },
        {
            "profiles: [{pluginConfig: [{name: InterPodAffinity, args: {hardPodAffinityWeight: 101}}]}]",
            "profiles[0].pluginConfig[0].args.hardPodAffinityWeight: Invalid value: 101: not in valid range [0, 100]"
        },
        {
            "profiles: [{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: {type: Best}}}]}]",
            "profiles[0].pluginConfig[0].args.scoringStrategy.type: Unsupported value: \"Best\": supported values: "
                + "\"LeastAllocated\", \"MostAllocated\", \"RequestedToCapacityRatio\""
        },
        {
            "profiles: [{pluginConfig: [{name: NodeResourcesFit, args: {scoringStrategy: "
                + "{type: RequestedToCapacityRatio}}}]}]",
            "profiles[0].pluginConfig[0].args.scoringStrategy.requestedToCapacityRatio: Required value: must be "
                + "specified when type is RequestedToCapacityRatio"
        },
        {
            "profiles: [{pluginConfig: [{name: PodTopologySpread, args: {defaultConstraints: "
                + "[{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]}}]}]",
            "profiles[0].pluginConfig[0].args.defaultingType: Invalid value: \"System\": when .defaultConstraints are "
                + "not empty"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsToldInKubernetesWords(string text, string expected) =>
        Assert.Equal([expected], Parse(text).Errors);

    [Fact]
    public void AffinityAndTimes_AreChecked() => Assert.Equal(
        [
            "profiles[0].pluginConfig[0].args.addedAffinity.requiredDuringSchedulingIgnoredDuringExecution."
            + "nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: \"Near\": not a valid selector operator",
            "profiles[0].pluginConfig[1].args.filterTimeout: Invalid value: \"-1s\": must be zero or positive",
            "profiles[0].pluginConfig[1].args.bindingTimeout: Invalid value: \"500ms\": must be at least 1 second",
        ],
        Parse("""
            profiles:
            - schedulerName: one
              pluginConfig:
              - name: NodeAffinity
                args:
                  addedAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                      nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Near}]}]
              - name: DynamicResources
                args: {filterTimeout: -1s, bindingTimeout: 500ms}
            """).Errors);

    [Fact]
    public void OtherVersion_IsUnknown()
    {
        var (_, errors) = SchedulerConfiguration.Parse(
            "apiVersion: kubescheduler.config.k8s.io/v1beta3\nkind: KubeSchedulerConfiguration"u8);
        Assert.Equal(
            "no kind \"KubeSchedulerConfiguration\" is registered for version "
                + "\"kubescheduler.config.k8s.io/v1beta3\" in scheme \"pkg/scheduler/apis/config/scheme/scheme.go\"",
            Assert.Single(errors));
    }

    [Fact]
    public void Profiles_SwitchPluginsAndWeights()
    {
        var (options, errors) = Parse("""
            percentageOfNodesToScore: 30
            podMaxBackoffSeconds: 20
            profiles:
            - schedulerName: packing
              percentageOfNodesToScore: 100
              plugins:
                multiPoint: {disabled: [{name: ImageLocality}]}
                score:
                  disabled: [{name: "*"}]
                  enabled: [{name: NodeResourcesFit, weight: 7}]
                postFilter: {disabled: [{name: DefaultPreemption}]}
              pluginConfig:
              - name: NodeResourcesFit
                args: {scoringStrategy: {type: MostAllocated, resources: [{name: cpu, weight: 3}]}}
            - schedulerName: plain
            """);
        Assert.Empty(errors);
        Assert.Equal((30, 20.0), (options.PercentageOfNodesToScore, options.MaxBackoff.TotalSeconds));
        var packing = Frameworks.Create(profile: options.Profiles[0]);
        Assert.DoesNotContain(packing.All, plugin => plugin.Name == "ImageLocality");
        Assert.DoesNotContain(packing.PostFilters, plugin => plugin.Name == "DefaultPreemption");
        Assert.Contains(packing.Filters, plugin => plugin.Name == "NodeResourcesFit");
        var (full, empty) = (
            new NodeInfo(MakeNode("full")) { Slot = 0 }.WithPod(new PodInfo(Pod("b").Requesting("2", "1Gi"))),
            new NodeInfo(MakeNode("empty")) { Slot = 1 });
        Assert.Equal(
            [7 * 75, 7 * 25],
            packing.RunScores(new CycleState(), new PodInfo(Pod("a").Requesting("1", "1Gi")), [full, empty]).ToArray());
        Assert.Contains(
            Frameworks.Create(profile: options.Profiles[1]).PostFilters, plugin => plugin.Name == "DefaultPreemption");
    }

    [Fact]
    public void Ratio_FollowsTheShape()
    {
        var (options, errors) = Parse("""
            profiles:
            - pluginConfig:
              - name: NodeResourcesFit
                args:
                  scoringStrategy:
                    type: RequestedToCapacityRatio
                    resources: [{name: cpu, weight: 1}]
                    requestedToCapacityRatio:
                      shape: [{utilization: 0, score: 0}, {utilization: 50, score: 10}, {utilization: 100, score: 5}]
            """);
        Assert.Empty(errors);
        var score = new ResourceScore((NodeResourcesFitArgs)options.Profiles[0].Arguments[0]);
        var node = new NodeInfo(MakeNode("n1"));
        Assert.Equal(50, score.Of(new PodInfo(Pod("a").Requesting("1", "1Gi")), node));
        Assert.Equal(100, score.Of(new PodInfo(Pod("a").Requesting("2", "1Gi")), node));
        Assert.Equal(75, score.Of(new PodInfo(Pod("a").Requesting("3", "1Gi")), node));
        Assert.Equal(50, score.Of(new PodInfo(Pod("a").Requesting("5", "1Gi")), node));
    }

    [Theory]
    [InlineData("filter: {enabled: [{name: Nobody}]}", "plugin \"Nobody\" does not exist")]
    [InlineData(
        "filter: {enabled: [{name: ImageLocality}]}",
        "plugin \"ImageLocality\" does not extend FilterPlugin plugin")]
    [InlineData(
        "bind: {disabled: [{name: DefaultBinder}]}",
        "at least one bind plugin is needed for profile with scheduler name \"default-scheduler\"")]
    public void ProfileThatCannotRun_IsRefused(string plugins, string expected)
    {
        var (options, errors) = Parse($"profiles: [{{plugins: {{{plugins}}}}}]");
        Assert.Empty(errors);
        var refused = Assert.Throws<InvalidOperationException>(
            () => Frameworks.Create(profile: options.Profiles[0]));
        Assert.Equal(expected, refused.Message);
    }

    private static (SchedulerOptions Options, IReadOnlyList<string> Errors) Parse(string text) =>
        SchedulerConfiguration.Parse(Encoding.UTF8.GetBytes(Header + text));
}
