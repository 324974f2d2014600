namespace Netes.Api.Core;

/// <summary>
/// What a claim of storage asks for, in a claim or in a template of one. Source: ValidatePersistentVolumeClaimSpec of
/// pkg/apis/core/validation/validation.go.
/// </summary>
internal static class ClaimRules
{
    public static PersistentVolumeClaimSpec Default(PersistentVolumeClaimSpec spec)
    {
        var mode = spec.VolumeMode is null ? spec with { VolumeMode = PersistentVolumeMode.Filesystem } : spec;
        return mode with
        {
            Resources = mode.Resources with
            {
                Limits = ResourceLists.RoundUp(mode.Resources.Limits),
                Requests = ResourceLists.RoundUp(mode.Resources.Requests),
            },
        };
    }

    public static void ValidateTemplate(PersistentVolumeClaimTemplate template, FieldPath path, List<FieldError> errors)
    {
        ObjectMetaRules.ValidateLabels(template.Metadata.Labels, path.Child("metadata").Child("labels"), errors);
        ObjectMetaRules.ValidateAnnotations(
            template.Metadata.Annotations, path.Child("metadata").Child("annotations"), errors);
        Validate(template.Spec, path.Child("spec"), errors);
    }

    public static void Validate(PersistentVolumeClaimSpec spec, FieldPath path, List<FieldError> errors)
    {
        ValidateModes(spec.AccessModes, path.Child("accessModes"), "at least 1 access mode is required", errors);
        SelectorRules.Validate(spec.Selector, path.Child("selector"), errors);
        var storage = path.Child("resources").Key(ResourceName.Storage);
        if (!spec.Resources.Requests.TryGetValue(ResourceName.Storage, out var size))
        {
            errors.Required(storage);
        }
        else if (size <= Quantity.Zero)
        {
            errors.Invalid(storage, size, Checks.NotPositive);
        }

        if (spec.StorageClassName is { Length: > 0 } name)
        {
            errors.Invalid(path.Child("storageClassName"), name, Names.Dns1123Subdomain(name));
        }

        if (spec.VolumeMode is { } mode)
        {
            errors.OneOf(path.Child("volumeMode"), mode, PersistentVolumeMode.Block, PersistentVolumeMode.Filesystem);
        }

        if (spec.DataSource is { } source)
        {
            ValidateSource(source.ApiGroup ?? "", source.Kind, source.Name, path.Child("dataSource"), errors);
        }

        if (spec.DataSourceRef is { } reference)
        {
            ValidateSource(
                reference.ApiGroup ?? "", reference.Kind, reference.Name, path.Child("dataSourceRef"), errors);
        }

        if (spec.VolumeAttributesClassName is { Length: > 0 } attributes)
        {
            errors.Invalid(path.Child("volumeAttributesClassName"), attributes, Names.Dns1123Subdomain(attributes));
        }
    }

    public static void ValidateModes(ValueList<string> modes, FieldPath path, string missing, List<FieldError> errors)
    {
        if (modes.IsEmpty)
        {
            errors.Required(path, missing);
        }

        foreach (var mode in modes)
        {
            errors.OneOf(path, mode, PersistentVolumeAccessMode.ReadOnlyMany, PersistentVolumeAccessMode.ReadWriteMany,
                PersistentVolumeAccessMode.ReadWriteOnce, PersistentVolumeAccessMode.ReadWriteOncePod);
        }

        if (modes.Count > 1 && modes.Contains(PersistentVolumeAccessMode.ReadWriteOncePod))
        {
            errors.Forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void ValidateSource(string group, string kind, string name, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("name"), name);
        errors.RequireText(path.Child("kind"), kind);
        if (group.Length == 0)
        {
            if (kind != "PersistentVolumeClaim")
            {
                errors.Invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
            }
        }
        else
        {
            errors.Invalid(path.Child("apiGroup"), group, Names.Dns1123Subdomain(group));
        }
    }
}
