using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Core;
using Netes.Api.Meta;
using Netes.ControlPlane;
using static Netes.Tests.ControlPlane.Objects;

namespace Netes.Tests.ControlPlane.GarbageCollector;

public sealed class OwnerGraphTests
{
    private readonly List<string> _toDelete = [];
    private readonly List<string> _toOrphan = [];
    private readonly OwnerGraph _graph;

    public OwnerGraphTests() => _graph = new OwnerGraph(key => _toDelete.Add(key.Name), key => _toOrphan.Add(key.Name));

    [Fact]
    public void OwnerGoes_DependentsAreLookedAt()
    {
        Set("set");
        Set("pod", "set");
        Assert.Empty(_toDelete);
        _graph.Remove("uid-set");
        Assert.Equal(["pod"], _toDelete);
    }

    [Fact]
    public void UnknownOwner_IsAskedFor()
    {
        Set("pod", "set");
        Assert.Equal(["set"], _toDelete);
        Set("set");
        Assert.Equal("pod", Assert.Single(_graph.Get("uid-set")!.Dependents).Key.Name);
    }

    [Fact]
    public void ForegroundDeletion_LooksAtTheDependentsThenAtTheOwner()
    {
        Set("set");
        Set("pod", "set");
        _graph.Set(ReplicaSet_, Metadata("set") with
        {
            DeletionTimestamp = Timestamp.From(Now), Finalizers = ["foregroundDeletion"],
        });
        Assert.Equal(["pod", "set"], _toDelete);
        var view = _graph.Get("uid-set")!;
        Assert.True(view.IsDeletingDependents);
        Assert.True(Assert.Single(view.Dependents).Blocks);
        _toDelete.Clear();
        _graph.Remove("uid-pod");
        Assert.Equal(["set"], _toDelete);
    }

    [Fact]
    public void OrphaningDeletion_SetsTheDependentsFree()
    {
        Set("set");
        Set("pod", "set");
        _graph.Set(ReplicaSet_, Metadata("set") with
        {
            DeletionTimestamp = Timestamp.From(Now), Finalizers = ["orphan"],
        });
        Assert.Equal(["set"], _toOrphan);
        Assert.Empty(_toDelete);
    }

    [Fact]
    public void MissedWhereItIsNotHeardOf_StaysWhereItIs()
    {
        SetIn("other", "stray", "set");
        Set("set");
        Assert.Equal(["set", "stray"], _toDelete);
        _toDelete.Clear();
        _graph.Miss(SetKey("other"), _ => false);
        Assert.False(_graph.Get("uid-set")!.IsVirtual);
        Assert.Equal(["stray"], _toDelete);
    }

    [Fact]
    public void MissedInOneDependentsWords_IsAskedForInTheOthersAndThenGone()
    {
        SetIn("other", "stray", "set");
        Set("pod", "set");
        Assert.Equal(["set", "pod"], _toDelete);
        _toDelete.Clear();
        _graph.Miss(SetKey("other"), _ => false);
        Assert.Equal(["stray", "set"], _toDelete);
        Assert.Equal("default", _graph.Get("uid-set")!.Key.Namespace);
        _toDelete.Clear();
        _graph.Miss(SetKey("default"), key => key.Namespace == "other");
        Assert.Equal(["stray", "pod"], _toDelete);
        Assert.Null(_graph.Get("uid-set"));
    }

    [Theory]
    [InlineData("", false, "Keep")]
    [InlineData("Solid", false, "Keep")]
    [InlineData("Solid Dangling", false, "DropReferences")]
    [InlineData("Dangling", false, "Delete")]
    [InlineData("Waiting", false, "Delete")]
    [InlineData("Waiting Dangling", true, "DeleteForeground")]
    [InlineData("Dangling", true, "Delete")]
    public void Owners_DecideOverTheirDependent(string owners, bool hasDependents, string expected)
    {
        var states = owners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<OwnerState>).ToList();
        Assert.Equal(expected, OwnerClassification.Decide(states, hasDependents).ToString());
    }

    private static ResourceDefinition ReplicaSet_ => Netes.Api.Apps.ReplicaSet.Resource;

    private static GraphKey SetKey(string ns) => new(ReplicaSet_, ns, "set", "uid-set");

    private void Set(string name, params string[] owners) => SetIn("default", name, owners);

    private void SetIn(string ns, string name, params string[] owners) =>
        _graph.Set(owners.Length == 0 ? ReplicaSet_ : Netes.Api.Core.Pod.Resource, Metadata(name) with
        {
            Namespace = ns,
            OwnerReferences = owners.Select(owner => new OwnerReference
            {
                ApiVersion = "apps/v1",
                Kind = "ReplicaSet",
                Name = owner,
                Uid = $"uid-{owner}",
                Controller = true,
                BlockOwnerDeletion = true,
            }).ToValueList(),
        });

    private static ObjectMeta Metadata(string name) =>
        new() { Namespace = "default", Name = name, Uid = $"uid-{name}" };
}
