namespace Netes.Api;

/// <summary>What all patches share: reading both documents, writing the result, failures as values.</summary>
internal static class PatchDocuments
{
    public static PatchResult Apply(
        ReadOnlySpan<byte> document, ReadOnlySpan<byte> patch, Func<JsonTree?, JsonTree?, JsonTree?> apply)
    {
        return JsonTree.TryParse(document, out var target, out var error)
            ? Apply(target, patch, apply)
            : new(null, new(PatchFailure.Internal, error));
    }

    public static PatchResult Apply(
        JsonTree? target, ReadOnlySpan<byte> patch, Func<JsonTree?, JsonTree?, JsonTree?> apply)
    {
        if (!JsonTree.TryParse(patch, out var change, out var error))
        {
            return new(null, new(PatchFailure.BadRequest, error));
        }

        try
        {
            return new(JsonTree.Encode(apply(target, change)), null);
        }
        catch (PatchException failure)
        {
            return new(null, failure.Error);
        }
    }
}
