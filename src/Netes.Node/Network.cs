using System.Net;

namespace Netes.Nodes;

/// <summary>
/// Opens a connection from where the node's pods are reachable: the node's own network namespace.
/// </summary>
public delegate ValueTask<Stream> Dial(EndPoint endPoint, CancellationToken cancel);
