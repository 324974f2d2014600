namespace Netes.Api.ApiExtensions;

/// <summary>
/// Names, scope and versions; schemas are checked where they are compiled. Source: apiextensions-apiserver
/// pkg/apis/apiextensions/v1/defaults.go, pkg/apis/apiextensions/validation/validation.go.
/// </summary>
internal static class CustomResourceDefinitionRules
{
    private const int HttpsPort = 443;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static CustomResourceDefinition Default(CustomResourceDefinition item)
    {
        var names = item.Spec.Names;
        var conversion = item.Spec.Conversion
            ?? CustomResourceConversion.Empty with { Strategy = ConversionStrategyType.None };
        return item with
        {
            Spec = item.Spec with
            {
                Names = names with
                {
                    Singular = names.Singular.Length == 0 ? names.Kind.ToLowerInvariant() : names.Singular,
                    ListKind = names.ListKind.Length == 0 && names.Kind.Length > 0 ? $"{names.Kind}List"
                        : names.ListKind,
                },
                Conversion = conversion.Webhook?.ClientConfig is { Service: { Port: null } service } config
                    ? conversion with
                    {
                        Webhook = conversion.Webhook with
                        {
                            ClientConfig = config with { Service = service with { Port = HttpsPort } },
                        },
                    }
                    : conversion,
            },
        };
    }

    /// <summary>The versions that may be in the store start with the one that is stored.</summary>
    public static CustomResourceDefinition PrepareCreate(CustomResourceDefinition item) => item with
    {
        Status = CustomResourceDefinitionStatus.Empty with
        {
            StoredVersions = item.Spec.Versions.Where(version => version.Storage).Select(
                version => version.Name).ToValueList(),
        },
    };

    public static CustomResourceDefinition PrepareUpdate(CustomResourceDefinition next, CustomResourceDefinition old)
    {
        var stored = next.Spec.Versions.FirstOrDefault(version => version.Storage)?.Name;
        return stored is null || next.Status.StoredVersions.Contains(stored) ? next : next with
        {
            Status = next.Status with { StoredVersions = next.Status.StoredVersions.Add(stored) },
        };
    }

    public static List<FieldError> Validate(CustomResourceDefinition item)
    {
        List<FieldError> errors = [];
        var spec = item.Spec;
        var name = $"{spec.Names.Plural}.{spec.Group}";
        if (item.Metadata.Name != name)
        {
            errors.Invalid(
                FieldPath.Of("metadata").Child("name"), item.Metadata.Name,
                    "must be spec.names.plural+\".\"+spec.group");
        }

        ValidateGroup(spec.Group, errors);
        errors.RequiredOneOf(Spec.Child("scope"), spec.Scope, ResourceScope.Cluster, ResourceScope.Namespaced);
        CustomResourceVersionRules.Validate(spec.Versions, Spec.Child("versions"), errors);
        ValidateNames(spec.Names, errors);
        if (spec.PreserveUnknownFields)
        {
            errors.Invalid(Spec.Child("preserveUnknownFields"), true,
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
                + "spec.versions[*].schema instead");
        }

        ValidateConversion(spec.Conversion, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(CustomResourceDefinition next, CustomResourceDefinition old)
    {
        var errors = Validate(next);
        foreach (var version in next.Status.StoredVersions)
        {
            if (!next.Spec.Versions.Any(other => other.Name == version))
            {
                errors.Invalid(FieldPath.Of("status").Child("storedVersions")
                    .Index(next.Status.StoredVersions.Index().First(pair => pair.Item == version).Index), version,
                    "missing from spec.versions; must remain in spec.versions until a storage migration has "
                    + "been performed "
                    + "and the version is removed from status.storedVersions");
            }
        }

        errors.Immutable(Spec.Child("group"), next.Spec.Group, old.Spec.Group);
        errors.Immutable(Spec.Child("names").Child("plural"), next.Spec.Names.Plural, old.Spec.Names.Plural);
        if (old.Status.Conditions.Any(condition => condition is { Type: "Established", Status: "True" }))
        {
            errors.Immutable(Spec.Child("scope"), next.Spec.Scope, old.Spec.Scope);
            errors.Immutable(Spec.Child("names").Child("kind"), next.Spec.Names.Kind, old.Spec.Names.Kind);
        }

        return errors;
    }

    private static void ValidateGroup(string group, List<FieldError> errors)
    {
        var path = Spec.Child("group");
        if (group.Length == 0)
        {
            errors.Required(path);
            return;
        }

        var messages = Names.Dns1123Subdomain(group);
        if (messages.Count > 0)
        {
            errors.Invalid(path, group, string.Join(',', messages));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, group, "should be a domain with at least one dot");
        }
    }

    private static void ValidateNames(CustomResourceDefinitionNames names, List<FieldError> errors)
    {
        var path = Spec.Child("names");
        errors.RequireText(path.Child("plural"), names.Plural);
        errors.RequireText(path.Child("singular"), names.Singular);
        errors.RequireText(path.Child("kind"), names.Kind);
        errors.RequireText(path.Child("listKind"), names.ListKind);
        Label("plural", names.Plural);
        Label("singular", names.Singular);
        Label("kind", names.Kind.ToLowerInvariant());
        Label("listKind", names.ListKind.ToLowerInvariant());
        for (var i = 0; i < names.ShortNames.Count; i++)
        {
            Check(path.Child("shortNames").Index(i), names.ShortNames[i]);
        }

        if (names.Kind.Length > 0 && names.Kind == names.ListKind)
        {
            errors.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same");
        }

        for (var i = 0; i < names.Categories.Count; i++)
        {
            Check(path.Child("categories").Index(i), names.Categories[i]);
        }

        void Label(string field, string name)
        {
            if (name.Length > 0)
            {
                Check(path.Child(field), name);
            }
        }

        void Check(FieldPath at, string name)
        {
            var messages = Names.Dns1035Label(name);
            if (messages.Count > 0)
            {
                errors.Invalid(at, name, string.Join(',', messages));
            }
        }
    }

    private static void ValidateConversion(CustomResourceConversion? conversion, List<FieldError> errors)
    {
        var path = Spec.Child("conversion");
        switch (conversion)
        {
            case null or { Strategy: "" }:
                errors.Required(path.Child("strategy"));
                break;
            case { Strategy: ConversionStrategyType.None, Webhook: not null }:
                errors.Forbidden(path.Child("webhook"), "should not be set when strategy is not set to Webhook");
                break;
            case { Strategy: ConversionStrategyType.None }:
                break;
            case { Strategy: ConversionStrategyType.Webhook }:
                if (conversion.Webhook?.ClientConfig is null)
                {
                    errors.Required(path.Child("webhookClientConfig"), "required when strategy is set to Webhook");
                }

                if (conversion.Webhook is { ConversionReviewVersions.IsEmpty: true })
                {
                    errors.Required(path.Child("conversionReviewVersions"));
                }

                break;
            default:
                errors.OneOf(
                    path.Child("strategy"), conversion.Strategy, ConversionStrategyType.None,
                        ConversionStrategyType.Webhook);
                break;
        }
    }
}
