using System.Globalization;

namespace Netes.Api;

/// <summary>Where in an object a value stands: <c>spec.containers[0].ports[1].name</c>. Source: util/validation/field/path.go.</summary>
public sealed record FieldPath
{
    private readonly string _text;

    private FieldPath(string text) => _text = text;

    public static FieldPath Root { get; } = new("");

    public static FieldPath Of(string name) => new(name);

    public FieldPath Child(string name) => new(_text.Length == 0 ? name : $"{_text}.{name}");

    public FieldPath Index(int index) => new($"{_text}[{index.ToString(CultureInfo.InvariantCulture)}]");

    public FieldPath Key(string key) => new($"{_text}[{key}]");

    public override string ToString() => _text.Length == 0 ? "<nil>" : _text;
}
