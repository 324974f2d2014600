namespace Netes.Api;

/// <summary>Ends a protobuf decode; never leaves <see cref="ProtoCodec"/>.</summary>
internal sealed class ProtoException(string message) : Exception(message);
