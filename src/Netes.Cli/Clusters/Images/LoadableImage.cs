namespace Netes.Cli.Clusters.Images;

/// <summary>A blob of an image: its digest, and where it is in the archive or (what was made here) its bytes.</summary>
internal sealed record Blob(string Digest, long Length, string? EntryName, byte[]? Content);

/// <summary>
/// One image of an archive for this machine's processor, in OCI form: containerd names content by digest, so a layer
/// that a node has already need not be in what is sent to it.
/// </summary>
internal sealed record LoadableImage(
    IReadOnlyList<string> Names, string ManifestMediaType, Blob Manifest, Blob Config, IReadOnlyList<Blob> Layers);
