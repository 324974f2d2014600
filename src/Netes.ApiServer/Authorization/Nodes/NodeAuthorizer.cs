using Netes.Api;
using Netes.Api.Core;
using Netes.Api.Rbac;
using Netes.ApiServer.Authorization.Bootstrap;
using Netes.ApiServer.Authorization.Rbac;

namespace Netes.ApiServer.Authorization.Nodes;

/// <summary>
/// A node reads only what the pods bound to it need, and writes only its own objects (the rest is NodeRestriction's).
/// Source: plugin/pkg/auth/authorizer/node/node_authorizer.go.
/// </summary>
public sealed class NodeAuthorizer(IObjectReader objects) : IAuthorizer, IDisposable
{
    private readonly NodeGraph _graph = new(objects);
    private readonly ValueList<PolicyRule> _rules = BootstrapRoles.NodeRules;

    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancel)
    {
        if (!NodeIdentity.IsNode(attributes.User, out var nodeName))
        {
            return new(AuthorizationDecision.NoOpinion);
        }

        if (nodeName.Length == 0)
        {
            return new(No($"unknown node for user {FieldError.Quote(attributes.User.Name)}"));
        }

        return new(attributes.IsResourceRequest
            ? AuthorizeResource(nodeName, attributes)
            : ByRules(attributes));
    }

    public void Dispose() => _graph.Dispose();

    private AuthorizationDecision AuthorizeResource(string nodeName, AuthorizationAttributes attributes) =>
        (attributes.Group, attributes.Resource) switch
        {
            ("", "secrets") => Read(nodeName, ReferenceKind.Secret, attributes),
            ("", "configmaps") => Read(nodeName, ReferenceKind.ConfigMap, attributes),
            ("", "persistentvolumeclaims") when attributes.Subresource == "status" =>
                UpdateStatus(nodeName, ReferenceKind.PersistentVolumeClaim, attributes),
            ("", "persistentvolumeclaims") => Get(nodeName, ReferenceKind.PersistentVolumeClaim, attributes),
            ("", "persistentvolumes") => AuthorizeVolume(nodeName, attributes),
            ("resource.k8s.io", "resourceclaims") => Get(nodeName, ReferenceKind.ResourceClaim, attributes),
            ("resource.k8s.io", "resourceslices") => ReadOwnSlices(nodeName, attributes),
            ("storage.k8s.io", "volumeattachments") => Get(nodeName, ReferenceKind.VolumeAttachment, attributes),
            ("", "serviceaccounts") => AuthorizeAccount(nodeName, attributes),
            ("coordination.k8s.io", "leases") => AuthorizeLease(nodeName, attributes),
            ("storage.k8s.io", "csinodes") => AuthorizeCsiNode(nodeName, attributes),
            ("", "nodes") => AuthorizeNode(nodeName, attributes),
            ("", "pods") => AuthorizePod(nodeName, attributes),
            _ => ByRules(attributes),
        };

    private AuthorizationDecision ByRules(AuthorizationAttributes attributes)
    {
        foreach (var rule in _rules)
        {
            if (PolicyRules.Allows(rule, attributes))
            {
                return new AuthorizationDecision(AuthorizationVerdict.Allow);
            }
        }

        return AuthorizationDecision.NoOpinion;
    }

    private AuthorizationDecision Read(string nodeName, ReferenceKind kind, AuthorizationAttributes attributes) =>
        attributes.Verb is not ("get" or "list" or "watch")
            ? No("can only read resources of this type")
            : ByGraph(nodeName, kind, attributes);

    private AuthorizationDecision Get(string nodeName, ReferenceKind kind, AuthorizationAttributes attributes) =>
        attributes.Verb != "get" ? No("can only get individual resources of this type")
        : attributes.Subresource.Length > 0 ? No("cannot get subresource")
        : ByGraph(nodeName, kind, attributes);

    private AuthorizationDecision UpdateStatus(
        string nodeName, ReferenceKind kind, AuthorizationAttributes attributes) =>
        attributes.Verb is not ("get" or "update" or "patch")
            ? No("can only get/update/patch this type")
            : ByGraph(nodeName, kind, attributes);

    /// <summary>
    /// The volumes of its pods; beyond Kubernetes also those whose folders the node keeps for the built-in provisioner,
    /// which it tells when a folder is gone (what it may write then is NodeRestriction's matter).
    /// </summary>
    private AuthorizationDecision AuthorizeVolume(string nodeName, AuthorizationAttributes attributes)
    {
        if (attributes is { Verb: "list" or "watch", Subresource: "" }
            && Selects(attributes.LabelSelector, LocalPathVolumes.NodeLabel, nodeName))
        {
            return Yes;
        }

        if (attributes is { Verb: "update", Subresource: "" })
        {
            return objects.Get<PersistentVolume>("", attributes.Name) is { } volume
                && LocalPathVolumes.IsOne(volume) && LocalPathVolumes.NodeOf(volume) == nodeName
                ? Yes
                : Unrelated(nodeName);
        }

        if (attributes.Verb != "get" || attributes.Subresource.Length > 0)
        {
            return No("can only get individual resources of this type");
        }

        return _graph.IsVolumeNeeded(nodeName, attributes.Name) ? Yes : Unrelated(nodeName);
    }

    private AuthorizationDecision ByGraph(string nodeName, ReferenceKind kind, AuthorizationAttributes attributes)
    {
        var name = NameOf(attributes);
        if (name.Length == 0)
        {
            return No("No Object name found");
        }

        return _graph.IsNeeded(nodeName, new NodeReference(kind, attributes.Namespace, name))
            ? Yes
            : Unrelated(nodeName);
    }

    /// <summary>Tokens of, and knowledge about, accounts whose pods run on the node.</summary>
    private AuthorizationDecision AuthorizeAccount(string nodeName, AuthorizationAttributes attributes) =>
        attributes is { Verb: "get", Subresource: "" } or { Verb: "create", Subresource: "token" }
            ? ByGraph(nodeName, ReferenceKind.ServiceAccount, attributes)
            : No("can only create tokens for individual service accounts");

    private static AuthorizationDecision AuthorizeLease(string nodeName, AuthorizationAttributes attributes)
    {
        if (attributes.Verb is not ("get" or "create" or "update" or "patch" or "delete"))
        {
            return No("can only get, create, update, patch, or delete a node lease");
        }

        if (attributes.Namespace != "kube-node-lease")
        {
            return No("can only access leases in the \"kube-node-lease\" system namespace");
        }

        // The name of a create may not be known yet: NodeRestriction looks at it.
        return attributes.Verb != "create" && attributes.Name != nodeName
            ? No("can only access node lease with the same name as the requesting node")
            : Yes;
    }

    private static AuthorizationDecision AuthorizeCsiNode(string nodeName, AuthorizationAttributes attributes)
    {
        if (attributes.Verb is not ("get" or "create" or "update" or "patch" or "delete"))
        {
            return No("can only get, create, update, patch, or delete a CSINode");
        }

        return attributes.Subresource.Length > 0 ? No("cannot authorize CSINode subresources")
            : attributes.Verb != "create" && attributes.Name != nodeName
                ? No("can only access CSINode with the same name as the requesting node")
                : Yes;
    }

    private AuthorizationDecision AuthorizeNode(string nodeName, AuthorizationAttributes attributes)
    {
        if (attributes.Verb is not ("get" or "list" or "watch") || attributes.Subresource.Length > 0)
        {
            return ByRules(attributes);
        }

        return NameOf(attributes) == nodeName
            ? Yes
            : No($"node '{nodeName}' cannot read {Show(NameOf(attributes))}, only its own Node object");
    }

    private AuthorizationDecision AuthorizePod(string nodeName, AuthorizationAttributes attributes)
    {
        switch (attributes)
        {
            case { Verb: "get", Subresource: "" }:
                return ByGraph(nodeName, ReferenceKind.Pod, attributes);
            case { Verb: "list" or "watch", Subresource: "" }:
                return Selects(attributes.FieldSelector, "spec.nodeName", nodeName)
                    ? Yes
                    : attributes.Name.Length > 0
                        ? ByGraph(nodeName, ReferenceKind.Pod, attributes)
                        : No($"can only list/watch pods with spec.nodeName field selector");
            default:
                return ByRules(attributes);
        }
    }

    private AuthorizationDecision ReadOwnSlices(string nodeName, AuthorizationAttributes attributes) =>
        attributes.Subresource.Length > 0 ? No("cannot authorize ResourceSlice subresources")
        : attributes.Verb is not ("list" or "watch" or "deletecollection") ? ByRules(attributes)
        : Selects(attributes.FieldSelector, "spec.nodeName", nodeName) ? Yes
        : No("can only list/watch/deletecollection resourceslices with spec.nodeName field selector");

    /// <summary>A list of one object by name counts as a request for it.</summary>
    private static string NameOf(AuthorizationAttributes attributes)
    {
        if (attributes.Name.Length > 0 || attributes.FieldSelector.Length == 0)
        {
            return attributes.Name;
        }

        return Requirement(attributes.FieldSelector, "metadata.name") ?? "";
    }

    private static bool Selects(string selector, string field, string value) => Requirement(selector, field) == value;

    /// <summary>The value that a field must equal; null when the selector does not say so.</summary>
    private static string? Requirement(string selector, string field)
    {
        foreach (var requirement in selector.Split(','))
        {
            var at = requirement.IndexOf('=');
            if (at > 0 && requirement.AsSpan(0, at).SequenceEqual(field))
            {
                return requirement[(at + 1)..].TrimStart('=');
            }
        }

        return null;
    }

    private static string Show(string name) => name.Length == 0 ? "all nodes" : $"'{name}'";

    private static AuthorizationDecision Yes { get; } = new(AuthorizationVerdict.Allow);

    private static AuthorizationDecision Unrelated(string nodeName) =>
        No($"no relationship found between node '{nodeName}' and this object");

    private static AuthorizationDecision No(string reason) => new(AuthorizationVerdict.NoOpinion, reason);
}
