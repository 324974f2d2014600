using System.Buffers;
using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.FieldManagement;

namespace Netes.ApiServer.Registry;

/// <summary>
/// What the registry must be able to do with objects of one kind without knowing their type. One implementation for
/// typed kinds; custom resources are another. Objects given to it are of its own kind.
/// Source: the interfaces of apiserver pkg/registry/rest.
/// </summary>
internal abstract class ResourceStrategy(ResourceDefinition definition)
{
    private FieldShape? _fields;
    private byte[]? _emptyJson;

    /// <summary>The names of the resource.</summary>
    public ResourceDefinition Definition => definition;

    /// <summary><c>/registry/pods/</c>.</summary>
    public string StoragePrefix { get; } = $"/registry/{definition.Plural}/";

    /// <summary>The object with nothing set.</summary>
    public abstract IKubernetesObject Empty { get; }

    /// <summary>True when metadata.generation counts changes of the spec.</summary>
    public abstract bool HasGeneration { get; }

    public string KeyOf(string namespaceName, string name) =>
        definition.Namespaced ? $"{StoragePrefix}{namespaceName}/{name}" : StoragePrefix + name;

    /// <summary>The prefix of the keys of a namespace; of all of them when the name is empty.</summary>
    public string PrefixOf(string namespaceName) =>
        definition.Namespaced && namespaceName.Length > 0 ? $"{StoragePrefix}{namespaceName}/" : StoragePrefix;

    /// <summary>
    /// The record of stored bytes, with its resourceVersion. Bytes that do not decode are a broken store.
    /// </summary>
    public abstract IKubernetesObject DecodeStored(ReadOnlyMemory<byte> json, long revision);

    /// <summary>A client's JSON.</summary>
    public abstract DecodedObject DecodeJson(ReadOnlyMemory<byte> json);

    /// <summary>Compact JSON that this server made of a patch: parts of it may be kept with the object.</summary>
    public virtual DecodedObject DecodePatched(ReadOnlyMemory<byte> json) => DecodeJson(json);

    /// <summary>A client's protobuf, in its envelope.</summary>
    public abstract DecodedObject DecodeProto(ReadOnlyMemory<byte> body);

    /// <summary>Protobuf in its envelope.</summary>
    public abstract byte[] EncodeProto(IKubernetesObject value);

    public abstract byte[] EncodeProtoList(ListMeta metadata, IReadOnlyList<IKubernetesObject> items);

    /// <summary>How strategic merge patches treat the fields; null where there is no such patch.</summary>
    public abstract TypeSchema? Schema { get; }

    /// <summary>Canonical JSON, with kind and apiVersion.</summary>
    public abstract byte[] EncodeJson(IKubernetesObject value);

    /// <summary>The same into a buffer.</summary>
    public virtual void EncodeJson(IKubernetesObject value, IBufferWriter<byte> output) =>
        output.Write(EncodeJson(value));

    /// <summary>How the fields of the kind are owned.</summary>
    public FieldShape Fields => _fields ??= FieldShape.OfKind(Schema);

    /// <summary>The object with nothing set, as JSON.</summary>
    public ReadOnlyMemory<byte> EmptyJson => _emptyJson ??= EncodeJson(Empty);

    /// <summary>True when the status is written through a subresource of its own.</summary>
    public abstract bool HasStatus { get; }

    public abstract IKubernetesObject WithMetadata(IKubernetesObject value, ObjectMeta metadata);

    public abstract IKubernetesObject Default(IKubernetesObject value);

    public abstract IKubernetesObject PrepareCreate(IKubernetesObject value);

    /// <summary>
    /// What an update of the main resource stores: status, and what clients may not change, as they were.
    /// </summary>
    public abstract IKubernetesObject PrepareUpdate(IKubernetesObject next, IKubernetesObject old);

    /// <summary>What an update of <c>/status</c> stores: all but the status as it was.</summary>
    public abstract IKubernetesObject PrepareStatusUpdate(IKubernetesObject next, IKubernetesObject old);

    public abstract IReadOnlyCollection<FieldError> CheckCreate(IKubernetesObject value);

    public abstract IReadOnlyCollection<FieldError> CheckUpdate(IKubernetesObject next, IKubernetesObject old);

    public abstract IReadOnlyCollection<FieldError> CheckStatusUpdate(IKubernetesObject next, IKubernetesObject old);

    public abstract IEnumerable<string> Warnings(IKubernetesObject value);

    /// <summary>The value of a field label, or null when the kind has no such label.</summary>
    public abstract string? FieldValue(IKubernetesObject value, string label);

    public abstract bool HasField(string label);

    /// <summary>True when there are field labels beside name and namespace.</summary>
    public abstract bool HasOwnFields { get; }

    /// <summary>The columns of tables, Name first.</summary>
    public abstract IReadOnlyList<TableColumnDefinition> Columns { get; }

    /// <summary>The cells of one row: texts, longs, bools or nulls.</summary>
    public abstract IReadOnlyList<object?> Cells(IKubernetesObject value, DateTimeOffset now);

    /// <summary>What a row is beside its cells, e.g. Completed.</summary>
    public abstract IReadOnlyList<TableRowCondition> RowConditions(IKubernetesObject value);
}

/// <summary>A decoded body: a value, or why there is none; unknown and duplicate fields either way.</summary>
internal readonly record struct DecodedObject(IKubernetesObject? Value, string? Error, ValueList<string> StrictErrors);
