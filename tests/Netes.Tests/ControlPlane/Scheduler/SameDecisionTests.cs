using Netes.Api.Core;
using Netes.Client;
using Netes.ControlPlane.Scheduling;
using Netes.Tests.ControlPlane.Scheduler.Reference;

namespace Netes.Tests.ControlPlane.Scheduler;

// The tests of Netes.Node are a namespace of that name.
using Node = Netes.Api.Core.Node;

/// <summary>
/// The scheduler, with its indexes that follow each change, against the plain definition: on random clusters that
/// change step by step, the same nodes fit for the same reasons, and have the same scores.
/// </summary>
public sealed class SameDecisionTests
{
    private readonly SchedulerCache _cache = new();
    private readonly Snapshot _snapshot = new();
    private readonly RandomDevices _devices = new(new Random(1));
    private readonly SchedulerFramework _framework;
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly Dictionary<ObjectKey, Pod> _pods = [];

    public SameDecisionTests() => _framework = Frameworks.Create(_snapshot, devices: _devices.Create);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomCluster_SameNodesFitWithSameScores(int seed)
    {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);

        // One that comes again and again, so that answers of before are used, and one that comes once.
        var regular = cluster.NewPod(null);
        var answers = new AnswerCache(_framework.SignedScores);
        for (var step = 0; step < 60; step++)
        {
            Change(random, cluster);
            if (_nodes.Count > 0)
            {
                _cache.Update(_snapshot);
                var pod = step % 2 == 0 ? regular : cluster.NewPod(null);
                AssertSame(pod, answers.Get(_framework.Sign(new PodInfo(pod))!), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void RandomClusters_MeetEveryReason()
    {
        var random = new Random(1);
        var cluster = new RandomCluster(random);
        var seen = new HashSet<string>();
        for (var step = 0; step < 400; step++)
        {
            if (step % 50 == 0)
            {
                _nodes.Clear();
                _pods.Clear();
            }

            Change(random, cluster);
            var reference = new ReferenceScheduler([.. _nodes.Values], [.. _pods.Values], _devices);
            var pod = cluster.NewPod(null);
            seen.UnionWith(_nodes.Values.Select(node => reference.Refusal(pod, node)));
        }

        Assert.Superset(
            new HashSet<string>
            {
                "", "node(s) were unschedulable", "node(s) had untolerated taint(s)",
                "node(s) didn't match Pod's node affinity/selector",
                "node(s) didn't have free ports for the requested pod ports", "Too many pods", "Insufficient cpu",
                "Insufficient memory", "node(s) didn't match pod topology spread constraints",
                "node(s) didn't match pod topology spread constraints (missing required label)",
                "node(s) didn't match pod affinity rules", "node(s) didn't match pod anti-affinity rules",
                "node(s) didn't satisfy existing pods anti-affinity rules", "Insufficient example.com/gpu",
                "Insufficient example.com/none", "cannot allocate all claims",
            },
            seen);
    }

    private void Change(Random random, RandomCluster cluster)
    {
        var what = _nodes.Count == 0 ? 0 : random.Next(10);
        var name = _nodes.Keys.ElementAtOrDefault(random.Next(Math.Max(1, _nodes.Count)));
        if (what <= 1 || name is null)
        {
            var node = cluster.NewNode();
            _nodes[node.Metadata.Name] = node;
            _cache.SetNode(node);
        }
        else if (what == 2)
        {
            _cache.SetNode(_nodes[name] = cluster.NewNode(name));
        }
        else if (what == 3)
        {
            RemoveNode(name);
        }
        else if (what == 4 && _pods.Count > 0)
        {
            var key = _pods.Keys.ElementAt(random.Next(_pods.Count));
            _pods.Remove(key);
            _devices.Release(key);
            _cache.RemovePod(key);
        }
        else
        {
            var pod = cluster.NewPod(name);
            _pods[ObjectKey.Of(pod)] = pod;
            _devices.Take(pod, _nodes[name]);
            _cache.SetPod(pod);
        }
    }

    private void RemoveNode(string name)
    {
        _nodes.Remove(name);
        _cache.RemoveNode(name);
        foreach (var (key, pod) in _pods.Where(pair => pair.Value.Spec.NodeName == name).ToList())
        {
            _pods.Remove(key);
            _devices.Release(key);
            _cache.RemovePod(key);
        }
    }

    private void AssertSame(Pod pod, NodeAnswers? answers, string when)
    {
        var reference = new ReferenceScheduler([.. _nodes.Values], [.. _pods.Values], _devices);
        var (state, info) = (new CycleState(), new PodInfo(pod));
        var refused = _framework.RunPreFilters(state, info, _snapshot, out _, out _);
        Assert.Null(refused);
        var fitting = new List<NodeInfo>();
        foreach (var node in _snapshot.Nodes)
        {
            var status = _framework.RunFiltersWithNominated(state, info, node, answers);
            Assert.Equal($"{when}: {reference.Refusal(pod, node.Node)}", $"{when}: {status?.Message}");
            if (status is null)
            {
                fitting.Add(node);
            }
        }

        if (fitting.Count > 0)
        {
            var expected = reference.Scores(pod, [.. fitting.Select(node => node.Node)]);
            var actual = _framework.RunScores(state, info, fitting, answers).ToArray();

            // What all nodes have in common may be left out: it changes no decision.
            var common = expected[0] - actual[0];
            Assert.Equal([.. expected.Select(score => score - common)], actual);
        }
    }
}
