using System.Globalization;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Where in an object a value stands: <c>spec.containers[0].ports[1].name</c>. Source: util/validation/field/path.go.
/// Validation walks the same paths with every object and shows few: they are kept in one tree, and their text is put
/// together only when asked for. Threading: all members may be called at the same time.
/// </summary>
public sealed class FieldPath
{
    private const int NotAnIndex = -1;

    // Deep or long objects must not grow the tree for ever: beyond these, paths are made anew (64 bytes each).
    private const int MaxKeptIndex = 15;
    private const int MaxKept = 20_000;

    private static readonly FieldPath Tree = new(null, "", NotAnIndex, isKey: false, isKept: true, next: null);
    private static int kept;

    private readonly FieldPath? _parent;
    private readonly FieldPath? _next;
    private readonly string _name;
    private readonly int _index;
    private readonly bool _isKey;
    private readonly bool _isKept;
    private FieldPath? _children;

    private FieldPath(FieldPath? parent, string name, int index, bool isKey, bool isKept, FieldPath? next) =>
        (_parent, _name, _index, _isKey, _isKept, _next) = (parent, name, index, isKey, isKept, next);

    /// <summary>The object itself; shown as Go shows no path.</summary>
    public static FieldPath Root => Tree;

    public static FieldPath Of(string name) => Tree.Child(name);

    public FieldPath Child(string name) => Find(name, NotAnIndex) ?? Make(name, NotAnIndex, isKey: false, keep: true);

    public FieldPath Index(int index) => Find("", index) ?? Make("", index, isKey: false, keep: index <= MaxKeptIndex);

    /// <summary>Keys are the client's own words: their paths are not kept.</summary>
    public FieldPath Key(string key) => Make(key, NotAnIndex, isKey: true, keep: false);

    public override string ToString()
    {
        if (ReferenceEquals(this, Tree))
        {
            return "<nil>";
        }

        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private FieldPath? Find(string name, int index)
    {
        for (var child = Volatile.Read(ref _children); child is not null; child = child._next)
        {
            if (child._index == index && child._name == name)
            {
                return child;
            }
        }

        return null;
    }

    private FieldPath Make(string name, int index, bool isKey, bool keep)
    {
        if (!_isKept || !keep || Volatile.Read(ref kept) >= MaxKept)
        {
            return new(this, name, index, isKey, isKept: false, next: null);
        }

        // Two threads may make the same path: one is kept, both are right.
        var first = Volatile.Read(ref _children);
        var made = new FieldPath(this, name, index, isKey, isKept: true, first);
        if (Interlocked.CompareExchange(ref _children, made, first) == first)
        {
            Interlocked.Increment(ref kept);
        }

        return made;
    }

    // As deep as the schema of a kind.
    private void Append(StringBuilder text)
    {
        _parent?.Append(text);
        if (_index != NotAnIndex)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{_index}]");
        }
        else if (_isKey)
        {
            text.Append('[').Append(_name).Append(']');
        }
        else
        {
            text.Append(text.Length > 0 ? "." : "").Append(_name);
        }
    }
}
