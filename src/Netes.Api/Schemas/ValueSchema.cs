namespace Netes.Api;

/// <summary>How a value stands in JSON.</summary>
public enum ValueShape
{
    Text,
    Int32,
    Int64,
    UInt32,
    Byte,
    Double,
    Bool,
    Quantity,
    IntOrString,
    Timestamp,
    MicroTimestamp,
    Duration,
    Bytes,
    Json,
    Message,
    SchemaOrBool,
    SchemaOrArray,
    SchemaOrStringArray,
    List,
    Map,
}

/// <summary>The type of a field, of a list's items or of a map's values.</summary>
public sealed class ValueSchema
{
    private ValueSchema(ValueShape shape, TypeSchema? type = null, ValueSchema? element = null) =>
        (Shape, Type, Element) = (shape, type, element);

    public static ValueSchema Text { get; } = new(ValueShape.Text);

    public static ValueSchema Int32 { get; } = new(ValueShape.Int32);

    public static ValueSchema Int64 { get; } = new(ValueShape.Int64);

    public static ValueSchema UInt32 { get; } = new(ValueShape.UInt32);

    public static ValueSchema Byte { get; } = new(ValueShape.Byte);

    public static ValueSchema Double { get; } = new(ValueShape.Double);

    public static ValueSchema Bool { get; } = new(ValueShape.Bool);

    public static ValueSchema Quantity { get; } = new(ValueShape.Quantity);

    public static ValueSchema IntOrString { get; } = new(ValueShape.IntOrString);

    public static ValueSchema Timestamp { get; } = new(ValueShape.Timestamp);

    public static ValueSchema MicroTimestamp { get; } = new(ValueShape.MicroTimestamp);

    public static ValueSchema Duration { get; } = new(ValueShape.Duration);

    public static ValueSchema Bytes { get; } = new(ValueShape.Bytes);

    public static ValueSchema Json { get; } = new(ValueShape.Json);

    public static ValueSchema SchemaOrBool { get; } = new(ValueShape.SchemaOrBool);

    public static ValueSchema SchemaOrArray { get; } = new(ValueShape.SchemaOrArray);

    public static ValueSchema SchemaOrStringArray { get; } = new(ValueShape.SchemaOrStringArray);

    public ValueShape Shape { get; }

    /// <summary>The type of a message.</summary>
    public TypeSchema? Type { get; }

    /// <summary>What a list or map holds.</summary>
    public ValueSchema? Element { get; }

    public static ValueSchema Message(TypeSchema type) => new(ValueShape.Message, type: type);

    public static ValueSchema List(ValueSchema element) => new(ValueShape.List, element: element);

    public static ValueSchema Map(ValueSchema element) => new(ValueShape.Map, element: element);

    /// <summary>Go's name of the type, as decoding errors give it. Types with their own decoder name what that one
    /// expects.</summary>
    public string GoName => Shape switch
    {
        ValueShape.Int32 or ValueShape.IntOrString => "int32",
        ValueShape.Int64 => "int64",
        ValueShape.UInt32 => "uint32",
        ValueShape.Byte => "uint8",
        ValueShape.Double => "float64",
        ValueShape.Bool => "bool",
        ValueShape.Bytes => "[]uint8",
        ValueShape.Message => Type!.GoName,
        ValueShape.List => "[]" + Element!.GoName,
        ValueShape.Map when Element!.Shape == ValueShape.Quantity => "v1.ResourceList",
        ValueShape.Map => "map[string]" + Element!.GoName,
        _ => "string",
    };
}
