using System.Collections.Frozen;
using System.Text;
using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>How the fields at a place are owned: as one, by name, by key, or by value.</summary>
internal enum FieldForm : byte
{
    /// <summary>A scalar, or something atomic.</summary>
    Leaf,
    Struct,
    Map,
    KeyedList,
    SetList,

    /// <summary>Of an unknown type: an object is a map, everything else is a leaf.</summary>
    Deduced,
}

/// <summary>
/// What the schema says of one place, for field management. Made once per place and kept.
/// Source: apimachinery pkg/util/managedfields/internal/typeconverter.go; kube-openapi pkg/schemaconv.
/// </summary>
internal sealed class FieldShape
{
    // Go types that are marked structType=atomic where they are declared.
    // Source: the +structType markers of k8s.io/api and apimachinery.
    private static readonly FrozenSet<string> AtomicTypes = FrozenSet.Create(
        StringComparer.Ordinal,
        "ConfigMapKeySelector", "CrossVersionObjectReference", "EndpointAddress", "EndpointPort", "FileKeySelector",
        "LabelSelector", "LocalObjectReference", "MatchResources", "NamedRuleWithOperations", "NodeSelector",
        "NodeSelectorTerm", "ObjectFieldSelector", "ObjectReference", "ParamKind", "ParamRef", "ResourceFieldSelector",
        "RoleRef", "ScopeSelector", "ScopedResourceSelectorRequirement", "SecretKeySelector", "SecretReference",
        "ServiceBackendPort", "Subject", "TopologySelectorTerm", "TypedLocalObjectReference");

    private readonly TypeSchema? _type;
    private TypePlan? _plan;

    private FieldShape(FieldForm form, ValueSchema? value = null, TypeSchema? type = null, FieldShape? element = null)
    {
        (Form, Value, _type, Element) = (form, value, type, element);
    }

    public static FieldShape Deduced { get; } = new(FieldForm.Deduced);

    public FieldForm Form { get; }

    /// <summary>What the schema says; null where nothing is known.</summary>
    public ValueSchema? Value { get; }

    /// <summary>What a list or a map holds.</summary>
    public FieldShape? Element { get; }

    /// <summary>The keys of a list's items, in order.</summary>
    public IReadOnlyList<ListKey> Keys { get; private init; } = [];

    /// <summary>The fields of a struct.</summary>
    public TypePlan Plan => _plan ??= TypePlan.Of(_type!);

    public bool IsList => Form is FieldForm.KeyedList or FieldForm.SetList;

    public bool IsMapLike => Form is FieldForm.Struct or FieldForm.Map or FieldForm.Deduced;

    /// <summary>The shape of an object of a kind; null stands for kinds without a schema.</summary>
    public static FieldShape OfKind(TypeSchema? schema) => OfPlan(TypePlan.OfKind(schema));

    public static FieldShape OfPlan(TypePlan plan) => new(FieldForm.Struct) { _plan = plan };

    public static FieldShape Of(FieldSchema field)
    {
        var value = field.Value;
        switch (value.Shape)
        {
            case ValueShape.Message:
                return OfStruct(value, field.StructType ?? field.MapType);
            case ValueShape.Map:
                return field.MapType == "atomic"
                    ? new(FieldForm.Leaf, value)
                    : new(FieldForm.Map, value, element: OfElement(value.Element!));
            case ValueShape.List:
                return OfList(field);
            default:
                return new(FieldForm.Leaf, value);
        }
    }

    /// <summary>What is written below this place in a value: nothing for leaves.</summary>
    public bool HasBelow(ReadOnlySpan<byte> value) => Form != FieldForm.Leaf && value.Length > 2
        && value[0] == (byte)(IsList ? '[' : '{');

    private static FieldShape OfElement(ValueSchema value) => value.Shape switch
    {
        ValueShape.Message => OfStruct(value, null),
        ValueShape.Map => new(FieldForm.Map, value, element: OfElement(value.Element!)),
        _ => new(FieldForm.Leaf, value),
    };

    private static FieldShape OfStruct(ValueSchema value, string? marked)
    {
        var isAtomic = marked is null ? AtomicTypes.Contains(value.Type!.StructName) : marked == "atomic";
        return new(isAtomic ? FieldForm.Leaf : FieldForm.Struct, value, value.Type);
    }

    private static FieldShape OfList(FieldSchema field)
    {
        var element = OfElement(field.Value.Element!);
        var isMerged = field.ListType is null && field.MergesOnPatch;
        if (field.ListType == "map" || (isMerged && !string.IsNullOrEmpty(field.PatchMergeKey)))
        {
            var names = field.ListType == "map" ? field.ListMapKeys : [field.PatchMergeKey!];
            return new(FieldForm.KeyedList, field.Value, element: element)
            {
                Keys = [.. names.Order(StringComparer.Ordinal).Select(name => new ListKey(
                    Encoding.UTF8.GetBytes(name), field.Value.Element!.Type?.Find(name)?.Default))],
            };
        }

        return field.ListType == "set" || isMerged
            ? new(FieldForm.SetList, field.Value, element: element)
            : new(FieldForm.Leaf, field.Value);
    }
}

/// <summary>A field that tells the items of a list apart, and what it is where it is left out, as JSON.</summary>
internal sealed class ListKey(byte[] name, string? fallback)
{
    public byte[] Name { get; } = name;

    public byte[]? Default { get; } = fallback is null ? null : Encoding.UTF8.GetBytes(fallback);
}
