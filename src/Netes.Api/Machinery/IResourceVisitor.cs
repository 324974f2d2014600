namespace Netes.Api;

/// <summary>Code for any kind: <see cref="ResourceDefinition.Accept"/> calls it with the kind as type
/// argument.</summary>
public interface IResourceVisitor<out TResult>
{
    TResult Visit<T>(ResourceDefinition<T> definition)
        where T : class, IResource<T>;
}
