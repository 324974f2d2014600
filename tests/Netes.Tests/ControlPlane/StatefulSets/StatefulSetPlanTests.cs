using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.Client;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.StatefulSets;

/// <summary>
/// Goal: each rule of the order of steps. A pod is written as ordinal, revision (a or b) and state: <c>r</c> ready,
/// <c>p</c> pending, <c>n</c> running but not ready, <c>f</c> failed, <c>t</c> terminating.
/// </summary>
public sealed class StatefulSetPlanTests
{
    [Theory]

    // Ordered: one after the other, each waits for its predecessor.
    [InlineData(3, "", "Create 0")]
    [InlineData(3, "0ap", "")]
    [InlineData(3, "0ar", "Create 1")]
    [InlineData(3, "0ar 1an", "")]
    [InlineData(3, "0ar 2ar", "Create 1")]
    [InlineData(3, "0af 1ar 2ar", "Delete 0")]
    [InlineData(3, "0ar 1at 2ar", "")]

    // Too many: the highest first, when all below serve.
    [InlineData(1, "0ar 1ar 2ar", "Delete 2")]
    [InlineData(1, "0ar 1ar 2at", "")]
    [InlineData(1, "0an 1ar 2ar", "")]
    [InlineData(1, "0ar 1an 2ar", "Delete 2")]
    [InlineData(1, "0ar 1an 2an", "")]
    [InlineData(1, "0ar 1an", "Delete 1")]
    public void OrderedSet_takesOneStepAtATime(int replicas, string pods, string expected) =>
        Assert.Equal(expected, Steps(Set(replicas), pods, update: "a"));

    [Theory]
    [InlineData(3, "", "Create 0, Create 1, Create 2")]
    [InlineData(3, "0ap 2an", "Create 1")]
    [InlineData(1, "0an 1an 2ar", "Delete 2, Delete 1")]
    [InlineData(3, "0af 1ar", "Delete 0, Create 2")]
    public void ParallelSet_doesNotWait(int replicas, string pods, string expected) =>
        Assert.Equal(expected, Steps(Parallel(Set(replicas)), pods, update: "a"));

    [Theory]
    [InlineData(0, "0ar 1ar 2ar", "Delete 2")]
    [InlineData(0, "0ar 1ar 2bn", "")]
    [InlineData(0, "0ar 1ar 2br", "Delete 1")]
    [InlineData(1, "0ar 1br 2br", "")]
    [InlineData(2, "0ar 1ar", "Create 2b")]
    [InlineData(2, "0ar 2br", "Create 1a")]
    [InlineData(3, "0ar 1ar 2ar", "")]

    // A broken revision stays where it is; only people mend it.
    [InlineData(0, "0ar 1ar 2an", "")]
    public void RollingUpdate_goesFromTheTopToThePartition(int partition, string pods, string expected) =>
        Assert.Equal(expected, Steps(Set(3, partition), pods, update: "b", tellRevision: true));

    [Theory]
    [InlineData("2", "0ar 1ar 2ar 3ar", "Delete 3, Delete 2")]
    [InlineData("2", "0ar 1ar 2ar 3bn", "Delete 2")]
    [InlineData("2", "0ar 1ar 2bn 3bn", "")]
    [InlineData("25%", "0ar 1ar 2ar 3ar", "Delete 3")]
    [InlineData("1%", "0ar 1ar 2ar 3ar", "Delete 3")]
    [InlineData("74%", "0ar 1ar 2ar 3ar", "Delete 3, Delete 2")]

    // Old ones that do not serve cost nothing.
    [InlineData("1", "0an 1ar 2ar 3an", "Delete 3, Delete 0")]
    public void MaxUnavailable_letsSoManyGo(string limit, string pods, string expected)
    {
        IntOrString value = limit.EndsWith('%')
            ? limit
            : int.Parse(limit, System.Globalization.CultureInfo.InvariantCulture);
        var set = Parallel(Set(4));
        set = set with
        {
            Spec = set.Spec with
            {
                UpdateStrategy = set.Spec.UpdateStrategy with
                {
                    RollingUpdate = new() { Partition = 0, MaxUnavailable = value },
                },
            },
        };
        Assert.Equal(expected, Steps(set, pods, update: "b"));
    }

    [Fact]
    public void OnDelete_leavesOldPodsAlone()
    {
        var set = Set(2);
        set = set with
        {
            Spec = set.Spec with { UpdateStrategy = new() { Type = StatefulSetUpdateStrategyType.OnDelete } },
        };
        Assert.Equal("", Steps(set, "0ar 1ar", update: "b"));
        Assert.Equal("Create 1b", Steps(set, "0ar", update: "b", tellRevision: true));
    }

    [Fact]
    public void StartOrdinal_movesTheNames()
    {
        var set = Set(2) with { Spec = Set(2).Spec with { Ordinals = new() { Start = 5 } } };
        Assert.Equal("Create 5", Steps(set, "0ar", update: "a"));
        Assert.Equal("Delete 0", Steps(set, "0ar 5ar 6ar", update: "a"));
    }

    [Fact]
    public void SetBeingDeleted_doesNothing() => Assert.Equal("", Steps(
        Set(2) with { Metadata = Set(2).Metadata with { DeletionTimestamp = Timestamp.From(Now) } }, "", update: "a"));

    [Fact]
    public void PodWithoutItsLabel_isRepaired()
    {
        var pod = MakePod(Set(1), "0ar");
        var bare = pod with
        {
            Metadata = pod.Metadata with
            {
                Labels = pod.Metadata.Labels.Remove("statefulset.kubernetes.io/pod-name"),
            },
        };
        var step = Assert.Single(Plan(Set(1), [bare], "a").Phases().SelectMany(phase => phase));
        Assert.Equal(StatefulAction.Repair, step.Action);
        Assert.Equal(pod, StatefulIdentity.WithIdentity(Set(1), bare));
    }

    [Fact]
    public void ReadyForAShortTime_holdsTheNextBack()
    {
        var set = Set(2) with { Spec = Set(2).Spec with { MinReadySeconds = 150 } };
        var plan = Plan(set, [MakePod(set, "0ar")], "a");
        Assert.Empty(plan.Phases().SelectMany(phase => phase));
        Assert.Equal(TimeSpan.FromSeconds(50), plan.NextAvailability());
        Assert.Equal((1, 0), (plan.Status(Empty).ReadyReplicas, plan.Status(Empty).AvailableReplicas));
    }

    [Fact]
    public void Status_countsRevisionsAndEndsTheRollout()
    {
        var set = Set(3);
        var status = Plan(set, Pods(set, "0ar 1bn 2bt"), "b").Status(Empty);
        Assert.Equal((3, 2, 1, 1), (status.Replicas, status.ReadyReplicas, status.CurrentReplicas,
            status.UpdatedReplicas));
        Assert.Equal(("web-a", "web-b"), (status.CurrentRevision, status.UpdateRevision));
        status = Plan(set, Pods(set, "0br 1br 2br"), "b").Status(Empty);
        Assert.Equal(("web-b", 3, 3), (status.CurrentRevision, status.CurrentReplicas, status.UpdatedReplicas));
    }

    [Theory]
    [InlineData("Delete", "FixClaims 1, Delete 1")]
    [InlineData("Retain", "Delete 1")]
    public void ClaimNotHeardOf_IsLookedForBeforeThePodThatTakesItAlongGoes(string whenScaled, string expected)
    {
        var set = Set(1);
        set = set with
        {
            Spec = set.Spec with
            {
                PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Retain", WhenScaled = whenScaled },
                VolumeClaimTemplates = [new() { Metadata = new() { Name = "data" } }],
            },
        };
        Assert.Equal(expected, Steps(set, "0ar 1ar", "a"));
    }

    /// <summary>Scaled away and wanted again while it still ends: its claim must not go with it.</summary>
    [Theory]
    [InlineData(PodManagementPolicyType.Parallel, 2, "Repair 1")]
    [InlineData(PodManagementPolicyType.Parallel, 1, "")]

    // An ordered set waits for the end first, as in Kubernetes.
    [InlineData(PodManagementPolicyType.OrderedReady, 2, "")]
    public void PodThatEndsIsWantedAgain_ItsClaimIsKept(string policy, int replicas, string expected)
    {
        var set = Set(replicas);
        set = set with
        {
            Spec = set.Spec with
            {
                PodManagementPolicy = policy,
                PersistentVolumeClaimRetentionPolicy = new() { WhenScaled = "Delete" },
                VolumeClaimTemplates = [new() { Metadata = new() { Name = "data" } }],
            },
        };
        var pods = Pods(set, "0ar 1at");
        var claims = pods.Select(pod => ClaimRetention.Apply(
            new PersistentVolumeClaim
            {
                Metadata = new() { Namespace = "default", Name = $"data-{pod.Metadata.Name}" },
            },
            set with { Spec = set.Spec with { Replicas = 1 } }, pod)).ToDictionary(claim => claim.Metadata.Name);
        Assert.Single(claims["data-web-1"].Metadata.OwnerReferences);
        var plan = new StatefulSetPlan(
            set, pods, new RevisionState(Revision("a"), Revision("a"), [], 0), name => claims[name], Now);
        Assert.Equal(expected, Text(set, plan, tellRevision: false));
    }

    private static HashSet<ObjectKey> Empty => [];

    private static string Steps(StatefulSet set, string pods, string update, bool tellRevision = false) =>
        Text(set, Plan(set, Pods(set, pods), update), tellRevision);

    private static string Text(StatefulSet set, StatefulSetPlan plan, bool tellRevision) =>
        string.Join(", ", plan.Phases().SelectMany(phase => phase).Select(step =>
            $"{step.Action} {StatefulIdentity.Ordinal(set, step.Pod.Metadata.Name)}" + (
                tellRevision && step.Action == StatefulAction.Create
                    ? step.Pod.Metadata.Labels["controller-revision-hash"]["web-".Length..]
                    : "")));

    private static StatefulSetPlan Plan(StatefulSet set, IReadOnlyList<Pod> pods, string update) =>
        new(set, pods, new RevisionState(Revision("a"), Revision(update), [], 0), _ => null, Now);

    private static ControllerRevision Revision(string name) => new()
    {
        Metadata = new() { Namespace = "default", Name = $"web-{name}" },
        Data = RevisionHistory.PatchOf(Deployment(1).Spec.Template),
    };

    private static List<Pod> Pods(StatefulSet set, string pods) =>
        [.. pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pod => MakePod(set, pod))];

    private static Pod MakePod(StatefulSet set, string text)
    {
        var made = StatefulIdentity.NewPod(set, set.Spec.Template, $"web-{text[1]}", text[0] - '0');
        var phase = text[2] switch { 'p' => PodPhase.Pending, 'f' => PodPhase.Failed, _ => PodPhase.Running };
        var like = Pod(made.Metadata.Name, "n1", phase, ready: text[2] is 'r' or 't');
        return made with
        {
            Metadata = made.Metadata with { DeletionTimestamp = text[2] == 't' ? Timestamp.From(Now) : null },
            Status = like.Status,
        };
    }

    private static StatefulSet Parallel(StatefulSet set) =>
        set with { Spec = set.Spec with { PodManagementPolicy = PodManagementPolicyType.Parallel } };

    internal static StatefulSet Set(int replicas, int partition = 0) => new()
    {
        Metadata = new() { Namespace = "default", Name = "web", Uid = "uid-set" },
        Spec = new()
        {
            Replicas = replicas,
            ServiceName = "web",
            PodManagementPolicy = PodManagementPolicyType.OrderedReady,
            Selector = new LabelSelector { MatchLabels = ValueMap.Of(("app", "web")) },
            Template = Deployment(1).Spec.Template,
            UpdateStrategy = new()
            {
                Type = StatefulSetUpdateStrategyType.RollingUpdate,
                RollingUpdate = new() { Partition = partition },
            },
        },
    };
}
