using System.Buffers;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.Registry;

/// <summary>The strategy of a kind that is a record.</summary>
internal sealed class TypedStrategy<T>(ResourceDefinition<T> definition) : ResourceStrategy(definition)
    where T : class, IResource<T>
{
    private readonly ValueList<Column<T>> _columns = definition.PrintedColumns;

    public override IKubernetesObject Empty => T.Empty;

    public override bool HasOwnFields => !definition.Fields.IsEmpty;

    public override bool HasGeneration => definition.SpecEquals is not null;

    public override IReadOnlyList<TableColumnDefinition> Columns => field ??=
        [.. _columns.Select(static column => new TableColumnDefinition
        {
            Name = column.Name,
            Type = column.Type,
            Format = column.Format,
            Description = column.Description,
            Priority = column.Priority,
        })];

    public override IKubernetesObject DecodeStored(ReadOnlyMemory<byte> json, long revision)
    {
        var decoded = JsonCodec.Decode<T>(json, sharesSource: true);
        Invariant.Holds(decoded.Value is not null, $"a stored {definition.Kind} decodes: {decoded.Error}");
        var value = decoded.Value!;
        return value.WithMetadata(value.Metadata with { ResourceVersion = ResourceVersions.Format(revision) });
    }

    public override DecodedObject DecodeJson(ReadOnlyMemory<byte> json) => Decode(json, sharesSource: false);

    public override DecodedObject DecodePatched(ReadOnlyMemory<byte> json) => Decode(json, sharesSource: true);

    public override TypeSchema? Schema => T.WireSchema;

    public override DecodedObject DecodeProto(ReadOnlyMemory<byte> body)
    {
        var decoded = ProtoCodec.Decode<T>(body.Span);
        return new(decoded.Value, decoded.Error, decoded.StrictErrors);
    }

    public override byte[] EncodeProto(IKubernetesObject value) => ProtoCodec.Encode((T)value);

    public override byte[] EncodeProtoList(ListMeta metadata, IReadOnlyList<IKubernetesObject> items) =>
        ProtoCodec.EncodeList<T>(metadata, [.. items.Cast<T>()], T.ApiVersion);

    public override byte[] EncodeJson(IKubernetesObject value) => JsonCodec.Encode((T)value);

    public override void EncodeJson(IKubernetesObject value, IBufferWriter<byte> output) =>
        JsonCodec.Encode((T)value, output);

    public override bool HasStatus => definition.CopyStatus is not null;

    public override IKubernetesObject WithMetadata(IKubernetesObject value, ObjectMeta metadata) =>
        ((T)value).WithMetadata(metadata);

    public override IKubernetesObject Default(IKubernetesObject value) =>
        definition.Default is { } apply ? apply((T)value) : value;

    public override IKubernetesObject PrepareCreate(IKubernetesObject value)
    {
        if (definition.PrepareCreate is { } prepare)
        {
            return prepare((T)value);
        }

        // Without a rule of its own, a kind's status is not for the client to set.
        return definition.CopyStatus is { } copy && definition.Kind != "Node" ? copy((T)value, T.Empty) : value;
    }

    public override IKubernetesObject PrepareUpdate(IKubernetesObject next, IKubernetesObject old)
    {
        var prepared = definition.CopyStatus is { } copy ? copy((T)next, (T)old) : (T)next;
        prepared = definition.PrepareUpdate?.Invoke(prepared, (T)old) ?? prepared;
        if (definition.SpecEquals is { } equals)
        {
            var generation = old.Metadata.Generation + (equals(prepared, (T)old) ? 0 : 1);
            prepared = prepared.WithMetadata(prepared.Metadata with { Generation = Math.Max(generation, 1) });
        }

        return prepared;
    }

    public override IKubernetesObject PrepareStatusUpdate(IKubernetesObject next, IKubernetesObject old)
    {
        if (definition.CopyStatus is not { } copy)
        {
            return old;
        }

        var prepared = copy((T)old, (T)next).WithMetadata(StatusMetadata(next.Metadata, old.Metadata));
        return definition.PrepareStatusUpdate?.Invoke(prepared, (T)old) ?? prepared;
    }

    public override IReadOnlyCollection<FieldError> CheckCreate(IKubernetesObject value) =>
        definition.CheckCreate((T)value);

    public override IReadOnlyCollection<FieldError> CheckUpdate(IKubernetesObject next, IKubernetesObject old) =>
        definition.CheckUpdate((T)next, (T)old);

    public override IReadOnlyCollection<FieldError> CheckStatusUpdate(IKubernetesObject next, IKubernetesObject old) =>
        definition.CheckStatusUpdate((T)next, (T)old);

    public override IEnumerable<string> Warnings(IKubernetesObject value) =>
        definition.Warnings?.Invoke((T)value) ?? [];

    public override string? FieldValue(IKubernetesObject value, string label) => label switch
    {
        "metadata.name" => value.Metadata.Name,
        "metadata.namespace" when definition.Namespaced => value.Metadata.Namespace,
        _ => Find(label)?.Value((T)value),
    };

    public override bool HasField(string label) =>
        label == "metadata.name" || (label == "metadata.namespace" && definition.Namespaced) || Find(label) is not null;

    public override IReadOnlyList<object?> Cells(IKubernetesObject value, DateTimeOffset now)
    {
        var cells = new object?[_columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = _columns[i].Value((T)value, now);
        }

        return cells;
    }

    public override IReadOnlyList<TableRowCondition> RowConditions(IKubernetesObject value) =>
        definition.RowConditions is { } conditions ? conditions((T)value) : [];

    private static DecodedObject Decode(ReadOnlyMemory<byte> json, bool sharesSource)
    {
        var decoded = JsonCodec.Decode<T>(json, sharesSource);
        return new(decoded.Value, decoded.Error, decoded.StrictErrors);
    }

    private SelectableField<T>? Find(string label)
    {
        foreach (var field in definition.Fields)
        {
            if (field.Label == label)
            {
                return field;
            }
        }

        return null;
    }

    // Writers of status may mark the object, not rename, own or delete it.
    private static ObjectMeta StatusMetadata(ObjectMeta next, ObjectMeta old) => old with
    {
        ResourceVersion = next.ResourceVersion,
        Labels = next.Labels,
        Annotations = next.Annotations,
        Finalizers = next.Finalizers,
    };
}

/// <summary>Makes the strategy of each kind.</summary>
internal sealed class StrategyVisitor : IResourceVisitor<ResourceStrategy>
{
    public ResourceStrategy Visit<T>(ResourceDefinition<T> definition)
        where T : class, IResource<T> => new TypedStrategy<T>(definition);
}
