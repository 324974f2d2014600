using Netes.Api;
using Netes.Api.ApiExtensions;
using Netes.Api.Meta;
using Netes.ApiServer.Authorization;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Changing owners takes the right to delete the object; holding up an owner's deletion takes the right on its
/// finalizers. Source: plugin/pkg/admission/gc/gc_admission.go.
/// </summary>
internal sealed class OwnerReferencesPermissionEnforcement(IObjectReader objects, IAuthorizer authorizer)
    : IValidatingAdmissionPlugin
{
    public string Name => "OwnerReferencesPermissionEnforcement";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        if (attributes.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update)
            || attributes.Metadata is not { } next
            || next.OwnerReferences == (attributes.OldMetadata?.OwnerReferences ?? default))
        {
            return;
        }

        // Who creates an object may say whose it is, even when he may not delete it.
        if (attributes.Operation == AdmissionOperation.Update)
        {
            await RequireAsync(attributes, DeleteOf(attributes),
                "cannot set an ownerRef on a resource you can't delete", cancel);
        }

        foreach (var owner in NewlyBlocking(next, attributes.OldMetadata))
        {
            var resource = Find(owner) ?? throw attributes.Forbidden(
                "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for "
                + $"APIVersion {owner.ApiVersion} Kind {owner.Kind}: no matches for kind "
                + $"{FieldError.Quote(owner.Kind)} "
                + $"in version {FieldError.Quote(owner.ApiVersion)}");
            var finalizers = new AuthorizationAttributes
            {
                User = attributes.User,
                Verb = "update",
                Group = resource.Group,
                Version = resource.Version,
                Resource = resource.Plural,
                Subresource = "finalizers",
                Namespace = resource.Namespaced ? attributes.Namespace : "",
                Name = owner.Name,
            };
            await RequireAsync(attributes, finalizers,
                "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on",
                    cancel);
        }
    }

    private async ValueTask RequireAsync(
        AdmissionAttributes attributes, AuthorizationAttributes right, string otherwise, CancellationToken cancel)
    {
        var decision = await authorizer.AuthorizeAsync(right, cancel);
        if (!decision.IsAllowed)
        {
            throw attributes.Forbidden($"{otherwise}: {decision.Reason}, <nil>");
        }
    }

    private static AuthorizationAttributes DeleteOf(AdmissionAttributes attributes) => new()
    {
        User = attributes.User,
        Verb = "delete",
        Group = attributes.Group,
        Version = attributes.Version,
        Resource = attributes.Resource,
        Subresource = attributes.Subresource,
        Namespace = attributes.Namespace,
        Name = attributes.Name,
    };

    private static IEnumerable<OwnerReference> NewlyBlocking(ObjectMeta next, ObjectMeta? old)
    {
        foreach (var owner in next.OwnerReferences.ToArray())
        {
            var before = old?.OwnerReferences.FirstOrDefault(other => other.Uid == owner.Uid);
            if (owner.BlockOwnerDeletion == true && before?.BlockOwnerDeletion != true)
            {
                yield return owner;
            }
        }
    }

    private (string Group, string Version, string Plural, bool Namespaced)? Find(OwnerReference owner)
    {
        var known = Resources.Known.FirstOrDefault(
            resource => resource.Kind == owner.Kind && resource.ApiVersion == owner.ApiVersion);
        if (known is not null)
        {
            return (known.Group, known.Version, known.Plural, known.Namespaced);
        }

        var slash = owner.ApiVersion.IndexOf('/');
        if (slash < 0)
        {
            return null;
        }

        var group = owner.ApiVersion[..slash];
        var custom = objects.List<CustomResourceDefinition>("").FirstOrDefault(
            definition => definition.Spec.Group == group && definition.Spec.Names.Kind == owner.Kind);
        return custom is null ? null
            : (group, owner.ApiVersion[(slash + 1)..], custom.Spec.Names.Plural, custom.Spec.Scope == "Namespaced");
    }
}
