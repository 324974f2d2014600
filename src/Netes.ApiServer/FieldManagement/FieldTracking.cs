using Netes.Api;
using Netes.Api.Meta;
using Netes.ApiServer.Registry;

namespace Netes.ApiServer.FieldManagement;

/// <summary>Who makes a write whose fields are tracked, and what he wanted.</summary>
/// <param name="Resource">The version that he speaks.</param>
/// <param name="Manager">His name.</param>
/// <param name="Subresource">What he writes through; empty for the main resource.</param>
/// <param name="Now">When.</param>
internal sealed record FieldTracking(ServedResource Resource, string Manager, string Subresource, Timestamp Now)
{
    /// <summary>
    /// The object, in the stored version, as the client wanted it, where admission and the kind's rules made something
    /// else of it: what they set is nobody's. Null: what is stored.
    /// </summary>
    public IKubernetesObject? Wanted { get; init; }

    /// <summary>The managed fields that the client sent along.</summary>
    public ValueList<ManagedFieldsEntry> Requested { get; init; }

    /// <summary>The managed fields that applying came to; null: the write is no apply.</summary>
    public ValueList<ManagedFieldsEntry>? Applied { get; init; }

    /// <summary>The part of the object that a write of this kind cannot change; empty: none.</summary>
    public ReadOnlySpan<byte> Ignored => Subresource switch
    {
        "" when Resource.Stored.HasStatus => "status"u8,
        "status" => "spec"u8,
        _ => default,
    };
}
