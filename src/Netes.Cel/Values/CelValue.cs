using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Netes.Cel;

/// <summary>A value of the Common Expression Language, equal as CEL's <c>==</c> says (numbers across their types).
/// Immutable; may be shared by threads. Source: cel-spec doc/langdef.md, "Values".</summary>
public abstract class CelValue : IEquatable<CelValue>
{
    public static CelValue Null { get; } = new CelNull();
    public static CelValue True { get; } = new CelBool(true);
    public static CelValue False { get; } = new CelBool(false);

    public abstract CelType Type { get; }

    // What cel-go's traits.Sizer gives: null is no size, which counts as one.
    internal virtual long? Size => null;

    // How many values it is made of, nested ones each time they appear: what looking at all of it takes.
    internal virtual long Weight => 1;

    public static CelValue Of(bool value) => value ? True : False;

    public static CelValue Of(long value) => new CelInt(value);

    public static CelValue Of(double value) => new CelDouble(value);

    public static CelValue Of(string value) => new CelString(value);

    public static CelValue List(IReadOnlyList<CelValue> elements) => new CelListValue(elements);

    public static CelMap Map(IReadOnlyDictionary<string, CelValue> entries) => new CelStringMap(entries);

    /// <summary>JSON as Kubernetes reads it: whole numbers are ints, objects are maps that are looked into when
    /// asked. The document must outlive the value.</summary>
    public static CelValue FromJson(JsonElement json) => JsonValues.From(json);

    public static CelValue Error(string message) => new CelError(message);

    public abstract bool Equals(CelValue? other);

    public override bool Equals(object? obj) => Equals(obj as CelValue);

    public abstract override int GetHashCode();
}

/// <summary>What an expression that failed evaluates to; the message is cel-go's.</summary>
public sealed class CelError(string message) : CelValue
{
    internal static CelError NoSuchOverload { get; } = new("no such overload");

    public string Message { get; } = message;

    public override CelType Type => CelType.Error;

    public override bool Equals(CelValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Message.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Message;
}

public sealed class CelNull : CelValue
{
    public override CelType Type => CelType.Null;

    public override bool Equals(CelValue? other) => other is CelNull;

    public override int GetHashCode() => 0;

    public override string ToString() => "null";
}

public sealed class CelBool(bool value) : CelValue
{
    public bool Value { get; } = value;

    public override CelType Type => CelType.Bool;

    public override bool Equals(CelValue? other) => other is CelBool x && x.Value == Value;

    public override int GetHashCode() => Value ? 1 : 2;

    public override string ToString() => Value ? "true" : "false";
}

public sealed class CelInt(long value) : CelValue
{
    public long Value { get; } = value;

    public override CelType Type => CelType.Int;

    public override bool Equals(CelValue? other) => Numbers.Compare(this, other) == 0;

    public override int GetHashCode() => ((double)Value).GetHashCode();

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public sealed class CelUint(ulong value) : CelValue
{
    public ulong Value { get; } = value;

    public override CelType Type => CelType.Uint;

    public override bool Equals(CelValue? other) => Numbers.Compare(this, other) == 0;

    public override int GetHashCode() => ((double)Value).GetHashCode();

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public sealed class CelDouble(double value) : CelValue
{
    public double Value { get; } = value;

    public override CelType Type => CelType.Double;

    // Minus zero equals zero.
    public override bool Equals(CelValue? other) => Numbers.Compare(this, other) == 0;

    public override int GetHashCode() => Value == 0 ? 0d.GetHashCode() : Value.GetHashCode();

    public override string ToString() => Numbers.Format(Value);
}

public sealed class CelString(string value) : CelValue
{
    private long _codePoints = -1;

    public string Value { get; } = value;

    public override CelType Type => CelType.String;

    internal override long? Size => _codePoints >= 0 ? _codePoints : _codePoints = Text.CodePoints(Value);

    public override bool Equals(CelValue? other) => other is CelString x && x.Value == Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;
}

public sealed class CelBytes(byte[] value) : CelValue
{
    private readonly byte[] _value = value;

    public ReadOnlySpan<byte> Value => _value;

    public override CelType Type => CelType.Bytes;

    internal override long? Size => _value.Length;

    public override bool Equals(CelValue? other) => other is CelBytes x && x.Value.SequenceEqual(_value);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_value);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(_value);
}

/// <summary>A type as a value: what <c>type(x)</c> gives and <c>int</c> names.</summary>
public sealed class CelTypeValue(CelType value) : CelValue
{
    public CelType Value { get; } = value;

    public override CelType Type => CelType.TypeOf(CelType.Dyn);

    // type([1]) == list: what a type holds is not part of its run-time identity.
    public override bool Equals(CelValue? other) => other is CelTypeValue x && x.Value.Name == Value.Name;

    public override int GetHashCode() => Value.Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value.Name;
}

/// <summary>A value or none. Source: cel-go common/types/optional.go.</summary>
public sealed class CelOptional(CelValue? value) : CelValue
{
    internal static CelOptional None { get; } = new(null);

    public CelValue? Value { get; } = value;

    public override CelType Type => CelType.Optional(CelType.Dyn);

    public override bool Equals(CelValue? other) => other is CelOptional x && Equals(x.Value, Value);

    public override int GetHashCode() => Value?.GetHashCode() ?? 3;

    public override string ToString() => Value is null ? "optional.none()" : $"optional({Value})";
}
