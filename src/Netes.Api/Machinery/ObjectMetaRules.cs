using Netes.Api.Meta;

namespace Netes.Api;

/// <summary>
/// What holds for the metadata of every object. Source: apimachinery pkg/api/validation/objectmeta.go and
/// ValidateObjectMeta of pkg/apis/core/validation/validation.go.
/// </summary>
public static class ObjectMetaRules
{
    /// <summary>Keys and values of all annotations of an object, together.</summary>
    public const int AnnotationsSizeBytes = 256 * 1024;

    internal const string Immutable = "field is immutable";

    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>Checks the metadata of an object about to be created; its name was generated already.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="namespaced">Whether the object lives in a namespace.</param>
    /// <param name="name">The rule of names; null: a DNS-1123 subdomain.</param>
    /// <param name="path">Where the metadata stands; null: <c>metadata</c>.</param>
    public static List<FieldError> Validate(
        ObjectMeta metadata, bool namespaced, Func<string, IEnumerable<string>>? name = null, FieldPath? path = null)
    {
        path ??= FieldPath.Of("metadata");
        name ??= Names.Dns1123Subdomain;
        List<FieldError> errors = [];
        if (metadata.GenerateName.Length > 0)
        {
            errors.Invalid(path.Child("generateName"), metadata.GenerateName, name(WithSuffix(metadata.GenerateName)));
        }

        if (metadata.Name.Length == 0)
        {
            errors.Add(FieldError.Required(path.Child("name"), "name or generateName is required"));
        }
        else
        {
            errors.Invalid(path.Child("name"), metadata.Name, name(metadata.Name));
        }

        ValidateNamespace(metadata.Namespace, namespaced, path.Child("namespace"), errors);
        if (metadata.Generation < 0)
        {
            errors.Add(FieldError.Invalid(path.Child("generation"), metadata.Generation, Checks.Negative));
        }

        ValidateCommon(metadata, path, errors);
        return errors;
    }

    /// <summary>Checks metadata that replaces that of <paramref name="old"/>.</summary>
    public static List<FieldError> ValidateUpdate(ObjectMeta next, ObjectMeta old, FieldPath? path = null)
    {
        path ??= FieldPath.Of("metadata");
        List<FieldError> errors = [];
        if (old.DeletionTimestamp is not null)
        {
            var added = next.Finalizers.Except(old.Finalizers).Order(StringComparer.Ordinal).Select(
                FieldError.Quote).ToList();
            if (added.Count > 0)
            {
                errors.Add(FieldError.Forbidden(path.Child("finalizers"),
                    "no new finalizers can be added if the object is being deleted, found new finalizers "
                    + $"[]string{{{string.Join(", ", added)}}}"));
            }
        }

        if (next.ResourceVersion.Length == 0)
        {
            errors.Add(FieldError.Invalid(path.Child("resourceVersion"), "", "must be specified for an update"));
        }

        if (next.Generation < old.Generation)
        {
            errors.Add(FieldError.Invalid(path.Child("generation"), next.Generation, "must not be decremented"));
        }

        errors.Immutable(path.Child("name"), next.Name, old.Name);
        errors.Immutable(path.Child("namespace"), next.Namespace, old.Namespace);
        errors.Immutable(path.Child("uid"), next.Uid, old.Uid);
        errors.ImmutableValue(path.Child("creationTimestamp"), next.CreationTimestamp, old.CreationTimestamp);
        errors.ImmutableValue(path.Child("deletionTimestamp"), next.DeletionTimestamp, old.DeletionTimestamp);
        errors.ImmutableValue(
            path.Child("deletionGracePeriodSeconds"), next.DeletionGracePeriodSeconds, old.DeletionGracePeriodSeconds);
        ValidateCommon(next, path, errors);
        return errors;
    }

    /// <summary>A finalizer without a domain must be one of Kubernetes' own. Not asked of custom resources.</summary>
    public static void ValidateStandardFinalizers(ObjectMeta metadata, List<FieldError> errors)
    {
        var path = FieldPath.Of("metadata").Child("finalizers");
        for (var i = 0; i < metadata.Finalizers.Count; i++)
        {
            CheckStandardFinalizer(metadata.Finalizers[i], path.Index(i), errors);
        }
    }

    internal static void CheckStandardFinalizer(string finalizer, FieldPath path, List<FieldError> errors)
    {
        if (!finalizer.Contains('/', StringComparison.Ordinal)
            && finalizer is not ("kubernetes" or OrphanFinalizer or ForegroundFinalizer))
        {
            errors.Add(FieldError.Invalid(path, finalizer,
                "name is neither a standard finalizer name nor is it fully qualified"));
        }
    }

    public static void ValidateLabels(ValueMap<string> labels, FieldPath path, List<FieldError> errors)
    {
        foreach (var (key, value) in labels)
        {
            errors.Invalid(path, key, Names.QualifiedName(key));
            errors.Invalid(path, value, Names.LabelValue(value));
        }
    }

    public static void ValidateAnnotations(ValueMap<string> annotations, FieldPath path, List<FieldError> errors)
    {
        long size = 0;
        foreach (var (key, value) in annotations)
        {
            errors.Invalid(path, key, Names.QualifiedName(key.ToLowerInvariant()));
            size += System.Text.Encoding.UTF8.GetByteCount(key) + System.Text.Encoding.UTF8.GetByteCount(value);
        }

        if (size > AnnotationsSizeBytes)
        {
            errors.Add(FieldError.TooLong(path, AnnotationsSizeBytes));
        }
    }

    private static void ValidateNamespace(string space, bool namespaced, FieldPath path, List<FieldError> errors)
    {
        if (!namespaced)
        {
            if (space.Length > 0)
            {
                errors.Add(FieldError.Forbidden(path, "not allowed on this type"));
            }
        }
        else if (space.Length == 0)
        {
            errors.Add(FieldError.Required(path));
        }
        else
        {
            errors.Invalid(path, space, Names.Dns1123Label(space));
        }
    }

    private static void ValidateCommon(ObjectMeta metadata, FieldPath path, List<FieldError> errors)
    {
        ValidateLabels(metadata.Labels, path.Child("labels"), errors);
        ValidateAnnotations(metadata.Annotations, path.Child("annotations"), errors);
        ValidateOwners(metadata.OwnerReferences, path.Child("ownerReferences"), errors);
        ValidateFinalizers(metadata.Finalizers, path.Child("finalizers"), errors);
        ValidateManagedFields(metadata.ManagedFields, path.Child("managedFields"), errors);
    }

    private static void ValidateOwners(ValueList<OwnerReference> owners, FieldPath path, List<FieldError> errors)
    {
        var controller = "";
        foreach (var owner in owners)
        {
            ValidateOwner(owner, path, errors);
            if (owner.Controller is not true)
            {
                continue;
            }

            var current = $"{owner.Kind}/{owner.Name}";
            if (controller.Length == 0)
            {
                controller = current;
                continue;
            }

            errors.Add(FieldError.Invalid(path, Shown.List(owners),
                "Only one reference can have Controller set to true. Found \"true\" in references for "
                + $"{controller} and {current}"));
        }
    }

    private static void ValidateOwner(OwnerReference owner, FieldPath path, List<FieldError> errors)
    {
        if (owner.ApiVersion.Length == 0 || owner.ApiVersion.EndsWith('/'))
        {
            errors.Add(FieldError.Invalid(path.Child("apiVersion"), owner.ApiVersion, "version must not be empty"));
        }

        foreach (
            var (name, value) in ((string, string)[])[("kind", owner.Kind), ("name", owner.Name), ("uid", owner.Uid)])
        {
            if (value.Length == 0)
            {
                errors.Add(FieldError.Invalid(path.Child(name), value, "must not be empty"));
            }
        }

        if (owner is { ApiVersion: "v1", Kind: "Event" })
        {
            errors.Add(FieldError.Invalid(path, Shown.Of(owner), "/v1, Kind=Event is disallowed from being an owner"));
        }
    }

    private static void ValidateFinalizers(ValueList<string> finalizers, FieldPath path, List<FieldError> errors)
    {
        foreach (var finalizer in finalizers)
        {
            errors.Invalid(path, finalizer, Names.QualifiedName(finalizer));
        }

        if (finalizers.Contains(OrphanFinalizer) && finalizers.Contains(ForegroundFinalizer))
        {
            errors.Add(FieldError.Invalid(path, Shown.Strings(finalizers),
                $"finalizer {OrphanFinalizer} and {ForegroundFinalizer} cannot be both set"));
        }
    }

    private static void ValidateManagedFields(
        ValueList<ManagedFieldsEntry> entries, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, at) = (entries[i], path.Index(i));
            if (entry.Operation is not ("Apply" or "Update"))
            {
                errors.Add(FieldError.Invalid(at.Child("operation"), entry.Operation, "must be `Apply` or `Update`"));
            }

            if (entry.FieldsType is not ("" or "FieldsV1"))
            {
                errors.Add(FieldError.Invalid(at.Child("fieldsType"), entry.FieldsType, "must be `FieldsV1`"));
            }

            if (entry.Manager.Length > 128)
            {
                errors.Add(FieldError.TooLong(at.Child("manager"), 128));
            }

            if (entry.Subresource.Length > 256)
            {
                errors.Add(FieldError.TooLong(at.Child("subresource"), 256));
            }
        }
    }

    // A prefix may end in dashes: what will follow it makes the name whole. Source: maskTrailingDash.
    private static string WithSuffix(string prefix) =>
        prefix.Length > 1 && prefix.EndsWith('-') ? prefix[..^1] + "a" : prefix;
}
