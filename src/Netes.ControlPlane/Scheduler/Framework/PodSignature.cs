namespace Netes.ControlPlane.Scheduling;

/// <summary>
/// All of a pod that plugins which look at one node only look at. Equal for pods that fit alike. Source: KEP-5598.
/// </summary>
internal sealed class PodSignature : IEquatable<PodSignature>
{
    private readonly object?[] _signs;
    private readonly int _hash;

    public PodSignature(object?[] signs)
    {
        _signs = signs;
        var hash = new HashCode();
        foreach (var sign in signs)
        {
            hash.Add(sign);
        }

        _hash = hash.ToHashCode();
    }

    public bool Equals(PodSignature? other) =>
        other is not null && other._hash == _hash && _signs.AsSpan().SequenceEqual(other._signs);

    public override bool Equals(object? obj) => Equals(obj as PodSignature);

    public override int GetHashCode() => _hash;
}

/// <summary>
/// What was found out about each node for pods of one signature. An answer holds for as long as the node's
/// <see cref="NodeInfo"/> is the very same. Used by one scheduling cycle at a time.
/// </summary>
/// <param name="scores">How many plugins' scores are remembered.</param>
internal sealed class NodeAnswers(int scores)
{
    private NodeInfo?[] _filtered = [];
    private PluginStatus?[] _statuses = [];
    private NodeInfo?[] _scored = [];
    private long[] _scores = [];

    /// <summary>When they were last asked for.</summary>
    public long UsedAt { get; set; }

    public bool TryGetStatus(NodeInfo node, out PluginStatus? status)
    {
        var slot = node.Slot;
        if (slot < _filtered.Length && ReferenceEquals(_filtered[slot], node))
        {
            status = _statuses[slot];
            return true;
        }

        status = null;
        return false;
    }

    public void SetStatus(NodeInfo node, PluginStatus? status)
    {
        if (node.Slot >= _filtered.Length)
        {
            var length = Math.Max(16, (node.Slot + 1) * 2);
            Array.Resize(ref _filtered, length);
            Array.Resize(ref _statuses, length);
        }

        (_filtered[node.Slot], _statuses[node.Slot]) = (node, status);
    }

    /// <summary>The scores of a node, to read, or (not known yet) to fill in.</summary>
    public Span<long> Scores(NodeInfo node, out bool known)
    {
        if (node.Slot >= _scored.Length)
        {
            var length = Math.Max(16, (node.Slot + 1) * 2);
            Array.Resize(ref _scored, length);
            Array.Resize(ref _scores, length * scores);
        }

        known = ReferenceEquals(_scored[node.Slot], node);
        _scored[node.Slot] = node;
        return _scores.AsSpan(node.Slot * scores, scores);
    }
}

/// <summary>
/// Remembers answers for the signatures that come again and again; a pod that comes once is not worth it.
/// </summary>
internal sealed class AnswerCache(int scores)
{
    // At 5,000 nodes one takes about 400 KB.
    private const int MaxRemembered = 32;
    private const int MaxSeen = 256;

    private readonly Dictionary<PodSignature, NodeAnswers> _answers = [];
    private readonly HashSet<PodSignature> _seen = [];
    private readonly Queue<PodSignature> _seenOrder = [];
    private long _clock;

    /// <summary>Null: it is the first such pod in a while.</summary>
    public NodeAnswers? Get(PodSignature signature)
    {
        if (!_answers.TryGetValue(signature, out var answers))
        {
            if (_seen.Add(signature))
            {
                _seenOrder.Enqueue(signature);
                if (_seenOrder.Count > MaxSeen)
                {
                    _seen.Remove(_seenOrder.Dequeue());
                }

                return null;
            }

            if (_answers.Count >= MaxRemembered)
            {
                _answers.Remove(_answers.MinBy(pair => pair.Value.UsedAt).Key);
            }

            _answers[signature] = answers = new NodeAnswers(scores);
        }

        answers.UsedAt = ++_clock;
        return answers;
    }
}
