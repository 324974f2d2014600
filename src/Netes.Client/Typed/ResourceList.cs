using Netes.Api;

namespace Netes.Client;

/// <summary>A page of objects, and the revision at which it was read.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">Watch from here to see what happened since.</param>
/// <param name="Continue">The token of the next page; empty: this is the last.</param>
public sealed record ResourceList<T>(ValueList<T> Items, string ResourceVersion, string Continue);
