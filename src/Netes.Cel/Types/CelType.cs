namespace Netes.Cel;

/// <summary>What kind a <see cref="CelType"/> is.</summary>
public enum CelKind
{
    Dyn,
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Type,
    Optional,
    Object,
    Opaque,
    TypeParameter,
}

/// <summary>A type of the Common Expression Language, equal by content (objects and opaque types: by name).
/// Immutable. Source: cel-spec doc/langdef.md, "Types"; cel-go common/types/types.go.</summary>
public sealed class CelType : IEquatable<CelType>
{
    private CelType(CelKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    public static CelType Dyn { get; } = new(CelKind.Dyn, "dyn");
    public static CelType Null { get; } = new(CelKind.Null, "null_type");
    public static CelType Bool { get; } = new(CelKind.Bool, "bool");
    public static CelType Int { get; } = new(CelKind.Int, "int");
    public static CelType Uint { get; } = new(CelKind.Uint, "uint");
    public static CelType Double { get; } = new(CelKind.Double, "double");
    public static CelType String { get; } = new(CelKind.String, "string");
    public static CelType Bytes { get; } = new(CelKind.Bytes, "bytes");
    public static CelType Timestamp { get; } = new(CelKind.Timestamp, "google.protobuf.Timestamp");
    public static CelType Duration { get; } = new(CelKind.Duration, "google.protobuf.Duration");
    public static CelType Quantity { get; } = new(CelKind.Opaque, "kubernetes.Quantity");
    public static CelType Semver { get; } = new(CelKind.Opaque, "kubernetes.Semver");
    public static CelType Url { get; } = new(CelKind.Opaque, "kubernetes.URL");
    public static CelType NamedFormat { get; } = new(CelKind.Opaque, "kubernetes.NamedFormat");
    public static CelType Ip { get; } = new(CelKind.Opaque, "net.IP");
    public static CelType Cidr { get; } = new(CelKind.Opaque, "net.CIDR");
    internal static CelType Error { get; } = new(CelKind.Error, "!error!");

    public CelKind Kind { get; }

    public string Name { get; }

    /// <summary>A list's element; a map's key and value; what an optional or a type holds.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>An object's fields, else null.</summary>
    public IReadOnlyDictionary<string, CelType>? Fields { get; private init; }

    /// <summary>The most elements, code points or bytes of a value, for estimates of cost; null is unknown.</summary>
    public ulong? MaxSize { get; private init; }

    public static CelType List(CelType element) => new(CelKind.List, "list", element);

    public static CelType Map(CelType key, CelType value) => new(CelKind.Map, "map", key, value);

    public static CelType Optional(CelType value) => new(CelKind.Optional, "optional_type", value);

    public static CelType TypeOf(CelType type) => new(CelKind.Type, "type", type);

    /// <summary>An object whose fields are known; one that is not among them is an error of the checker.</summary>
    public static CelType Object(string name, IReadOnlyDictionary<string, CelType> fields) =>
        new(CelKind.Object, name) { Fields = fields };

    /// <summary>The same type, with a bound of size that the estimate of cost believes.</summary>
    public CelType WithMaxSize(ulong most) =>
        new(Kind, Name, [.. Parameters]) { Fields = Fields, MaxSize = most };

    public bool Equals(CelType? other) => other is not null && Kind == other.Kind && Name == other.Name
        && Parameters.SequenceEqual(other.Parameters);

    public override bool Equals(object? obj) => Equals(obj as CelType);

    public override int GetHashCode() => HashCode.Combine(Kind, Name, Parameters.Count);

    /// <summary>As cel-go prints a type: <c>map(string, int)</c>.</summary>
    public override string ToString() => Format(Name, type => type.ToString());

    internal static CelType Parameter(string name) => new(CelKind.TypeParameter, name);

    // cel-go's FormatCelType: the words of error messages differ from the types' names for three of them.
    internal string InWords() => Kind switch
    {
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        CelKind.Null => "null",
        _ => Format(Name, type => type.InWords()),
    };

    internal CelType With(CelType[] parameters) => new(Kind, Name, parameters) { Fields = Fields, MaxSize = MaxSize };

    private string Format(string name, Func<CelType, string> inner) =>
        Parameters.Count == 0 ? name : $"{name}({string.Join(", ", Parameters.Select(inner))})";
}
