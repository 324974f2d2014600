namespace Netes.Api.ApiExtensions;

/// <summary>Source: validateCustomResourceDefinitionVersion of apiextensions' validation.go.</summary>
internal static class CustomResourceVersionRules
{
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32",
        "int64", "password"];

    public static void Validate(
        ValueList<CustomResourceDefinitionVersion> versions, FieldPath path, List<FieldError> errors)
    {
        HashSet<string> names = [];
        for (var i = 0; i < versions.Count; i++)
        {
            var (version, at) = (versions[i], path.Index(i));
            if (!names.Add(version.Name))
            {
                errors.Invalid(path, Shown.List(versions), "must contain unique version names");
            }

            var messages = Names.Dns1035Label(version.Name);
            if (messages.Count > 0)
            {
                errors.Invalid(at.Child("name"), version.Name, string.Join(',', messages));
            }

            Validate(version, at, errors);
        }

        var stored = versions.Count(version => version.Storage);
        if (stored != 1)
        {
            errors.Invalid(path, Shown.List(versions), "must have exactly one version marked as storage version");
        }
    }

    private static void Validate(CustomResourceDefinitionVersion version, FieldPath path, List<FieldError> errors)
    {
        if (version is { Deprecated: false, DeprecationWarning: not null })
        {
            errors.Invalid(
                path.Child("deprecationWarning"), version.DeprecationWarning,
                    "can only be set for deprecated versions");
        }

        var schema = path.Child("schema").Child("openAPIV3Schema");
        switch (version.Schema?.OpenAPIV3Schema)
        {
            case null:
                errors.Required(schema, "schemas are required");
                break;
            case { Type: "" }:
                errors.Required(schema.Child("type"), "must not be empty at the root");
                break;
            case { Type: not "object" } root:
                errors.Invalid(schema.Child("type"), root.Type, "must be object at the root");
                break;
        }

        for (var i = 0; i < version.AdditionalPrinterColumns.Count; i++)
        {
            Validate(version.AdditionalPrinterColumns[i], path.Child("additionalPrinterColumns").Index(i), errors);
        }

        if (version.Subresources?.Scale is { } scale)
        {
            var at = path.Child("subresources").Child("scale");
            ValidatePath(scale.SpecReplicasPath, ".spec.", at.Child("specReplicasPath"), errors);
            ValidatePath(scale.StatusReplicasPath, ".status.", at.Child("statusReplicasPath"), errors);
        }
    }

    private static void Validate(CustomResourceColumnDefinition column, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path.Child("name"), column.Name);
        if (column.Type.Length == 0)
        {
            errors.Required(path.Child("type"), $"must be one of {string.Join(',', ColumnTypes)}");
        }
        else if (!ColumnTypes.Contains(column.Type))
        {
            errors.Invalid(path.Child("type"), column.Type, $"must be one of {string.Join(',', ColumnTypes)}");
        }

        if (column.Format.Length > 0 && !ColumnFormats.Contains(column.Format))
        {
            errors.Invalid(path.Child("format"), column.Format, $"must be one of {string.Join(',', ColumnFormats)}");
        }

        errors.RequireText(path.Child("jsonPath"), column.JSONPath);
    }

    private static void ValidatePath(string text, string start, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path, text);
        if (text.Length > 0 && !text.StartsWith(start, StringComparison.Ordinal))
        {
            errors.Invalid(path, text, $"should be a json path under {start[..^1]}");
        }
    }
}
