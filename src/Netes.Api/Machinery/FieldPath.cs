using System.Globalization;
using System.Text;

namespace Netes.Api;

/// <summary>
/// Where in an object a value stands: <c>spec.containers[0].ports[1].name</c>. Source: util/validation/field/path.go.
/// Validation makes many paths and shows few: the text is put together only when asked for.
/// </summary>
public sealed class FieldPath
{
    private const int NotAnIndex = -1;
    private readonly FieldPath? _parent;
    private readonly string _name;
    private readonly int _index;
    private readonly bool _isKey;

    private FieldPath(FieldPath? parent, string name, int index = NotAnIndex, bool isKey = false) =>
        (_parent, _name, _index, _isKey) = (parent, name, index, isKey);

    /// <summary>The object itself; shown as Go shows no path.</summary>
    public static FieldPath Root { get; } = new(null, "<nil>");

    public static FieldPath Of(string name) => new(null, name);

    public FieldPath Child(string name) => new(IsRoot ? null : this, name);

    public FieldPath Index(int index) => new(this, "", index);

    public FieldPath Key(string key) => new(this, key, isKey: true);

    public override string ToString()
    {
        if (_parent is null)
        {
            return _name;
        }

        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private bool IsRoot => ReferenceEquals(this, Root);

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
        else if (!IsRoot)
        {
            text.Append(text.Length > 0 ? "." : "").Append(_name);
        }
    }
}
