namespace Netes.Api.Generator;

/// <summary>How a value stands on the wire.</summary>
internal enum Shape
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

/// <summary>The type of a field: its shape, its C# name without nullability, and the element of a list or
/// map.</summary>
internal sealed record ValueModel(Shape Shape, string CSharp, ValueModel? Element)
{
    /// <summary>The static codec of Netes.Api/Codecs for values of this type.</summary>
    public string Codec => Shape switch
    {
        Shape.Message => $"global::Netes.Api.MessageCodec<{CSharp}>",
        Shape.List or Shape.Map => $"global::Netes.Api.{Shape}Codec<{Element!.CSharp}, {Element.Codec}>",
        Shape.Json => "global::Netes.Api.RawJsonCodec",
        _ => $"global::Netes.Api.{Shape}Codec",
    };
}

/// <summary>One property with the facts of its <c>[Field]</c>.</summary>
internal sealed record FieldModel(
    string Property,
    string CSharp,
    ValueModel Value,
    bool Nullable,
    int Number,
    string Json,
    bool OmitEmpty,
    bool Inline,
    bool Required,
    string? ListType,
    string ListMapKeys,
    string? MapType,
    string? StructType,
    string? PatchStrategy,
    string? PatchMergeKey,
    string? Default,
    string? EnumOf,
    string? EnumName,
    bool Wrapped,
    string? Documentation)
{
    /// <summary>A Go value whose zero is an instance, not a null.</summary>
    public bool IsValueMessage => Value.Shape == Shape.Message && !Nullable;

    public bool IsValueText => Value.Shape == Shape.Text && !Nullable;

    /// <summary>The field behind the property; the readers set it directly.</summary>
    public string Backing => $"_{char.ToLowerInvariant(Property[0])}{Property.Substring(1)}";

    public string BackingType => IsValueText || IsValueMessage ? CSharp + "?" : CSharp;

    /// <summary>The codec of the value: it reads and writes JSON and protobuf.</summary>
    public string Codec => Value.Codec;
}

/// <summary>One <c>[ApiType]</c> record.</summary>
internal sealed record TypeModel(
    string Namespace,
    string Name,
    string SchemaName,
    string? Group,
    string? Version,
    string? Kind,
    bool HasObjectMeta,
    EquatableList<FieldModel> Fields,
    string? Documentation)
{
    public bool IsKind => Kind is not null;

    public string FullName => $"global::{Namespace}.{Name}";

    public string ApiVersion => string.IsNullOrEmpty(Group) ? Version! : $"{Group}/{Version}";
}
