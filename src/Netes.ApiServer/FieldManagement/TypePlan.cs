using System.Collections.Concurrent;
using System.Text;
using Netes.Api;
using Netes.Api.Meta;

namespace Netes.ApiServer.FieldManagement;

/// <summary>
/// The fields of a type in the order in which they are encoded, each with its element and its place in the order of
/// sets. Objects encoded by this server name their fields in this order, so that finding one is looking at the next.
/// </summary>
internal sealed class TypePlan
{
    private static readonly ConcurrentDictionary<TypeSchema, TypePlan> Plans = new();

    // Nobody owns what the system sets and what names the object.
    // Source: apimachinery pkg/util/managedfields/internal/stripmeta.go.
    private static readonly string[] Unowned =
    [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion",
    ];

    private readonly PlannedField[] _fields;

    private TypePlan(IEnumerable<PlannedField> fields, FieldShape? others = null)
    {
        _fields = [.. fields];
        Others = others;
        var order = _fields.ToArray();
        Array.Sort(order, static (left, right) => FieldElements.Compare(left.Element, right.Element));
        for (var i = 0; i < order.Length; i++)
        {
            order[i].Rank = i;
        }
    }

    /// <summary>The shape of fields that the plan does not name; null where there are none.</summary>
    public FieldShape? Others { get; }

    public static TypePlan Of(TypeSchema type) => Plans.GetOrAdd(type, static type =>
        new(type.Fields.Select(static field => new PlannedField(field.Name, FieldShape.Of(field)))));

    /// <summary>The plan of a whole object, where some fields belong to nobody.</summary>
    public static TypePlan OfKind(TypeSchema? type) => type is null
        ? new([Hidden("kind"), Hidden("apiVersion"), OfMetadata()], FieldShape.Deduced)
        : new(type.Fields.Select(static field => field.Name switch
        {
            "kind" or "apiVersion" => Hidden(field.Name),
            "metadata" => OfMetadata(),
            _ => new PlannedField(field.Name, FieldShape.Of(field)),
        }));

    /// <summary>The field of a name, looked for from an index on; null where the type has none.</summary>
    public PlannedField? Find(ReadOnlySpan<byte> name, ref int next)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            var at = next + i < _fields.Length ? next + i : next + i - _fields.Length;
            if (name.SequenceEqual(_fields[at].Name))
            {
                next = at + 1;
                return _fields[at];
            }
        }

        return null;
    }

    public PlannedField? Find(ReadOnlySpan<byte> name)
    {
        var next = 0;
        return Find(name, ref next);
    }

    private static PlannedField Hidden(string name) => new(name, FieldShape.Deduced) { IsHidden = true };

    private static PlannedField OfMetadata() => new(
        "metadata", FieldShape.OfPlan(new(ObjectMeta.WireSchema.Fields.Select(static field =>
            new PlannedField(field.Name, FieldShape.Of(field)) { IsHidden = Unowned.Contains(field.Name) }))))
    {
        IsUnowned = true,
    };
}

/// <summary>A field of a type.</summary>
internal sealed class PlannedField(string name, FieldShape shape)
{
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    public byte[] Element { get; } = Encoding.UTF8.GetBytes("f:" + name);

    public FieldShape Shape => shape;

    /// <summary>Its place in the order of sets.</summary>
    public int Rank { get; set; }

    /// <summary>Neither it nor anything in it is ever owned.</summary>
    public bool IsHidden { get; init; }

    /// <summary>It is not owned itself, but what is in it can be.</summary>
    public bool IsUnowned { get; init; }
}
