namespace Netes.Api.Core;

/// <summary>Source: ValidateEnv and ValidateEnvFrom of pkg/apis/core/validation/validation.go.</summary>
internal static class EnvValidation
{
    private static readonly string[] EnvFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] VolumeFields =
        ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly string[] Resources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage",
        "requests.memory",
    ];

    // What a label of the downward API may be at all. Source: pkg/apis/core/pods/helpers.go.
    private static readonly HashSet<string> Labels = new(StringComparer.Ordinal)
    {
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid",
            "spec.nodeName",
        "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP",
        "status.hostIPs", "status.podIP", "status.podIPs",
    };

    public static void Validate(ValueList<EnvVar> variables, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            // Pods have many variables and few wrong ones: paths are made for those.
            var variable = variables[i];
            if (variable.Name.Length == 0)
            {
                errors.RequireText(path.Index(i).Child("name"), variable.Name);
            }
            else if (Names.EnvVarName(variable.Name) is { Count: > 0 } wrong)
            {
                errors.Invalid(path.Index(i).Child("name"), variable.Name, wrong);
            }

            if (variable.ValueFrom is { } source)
            {
                Validate(source, variable.Value, path.Index(i).Child("valueFrom"), errors);
            }
        }
    }

    public static void Validate(ValueList<EnvFromSource> sources, FieldPath path, List<FieldError> errors)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var (source, at) = (sources[i], path.Index(i));
            if (source.Prefix.Length > 0)
            {
                errors.Invalid(at.Child("prefix"), source.Prefix, Names.EnvVarName(source.Prefix));
            }

            if (source.ConfigMapRef is { } map)
            {
                RequireName(map.LocalObjectReference.Name, at.Child("configMapRef").Child("name"), errors);
            }

            if (source.SecretRef is { } secret)
            {
                RequireName(secret.LocalObjectReference.Name, at.Child("secretRef").Child("name"), errors);
            }

            switch (source)
            {
                case { ConfigMapRef: null, SecretRef: null }:
                    errors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
                    break;
                case { ConfigMapRef: not null, SecretRef: not null }:
                    errors.Invalid(path, "", "may not have more than one field specified at a time");
                    break;
            }
        }
    }

    /// <summary>A field of the pod, in an environment variable or a file.</summary>
    public static void ValidateField(ObjectFieldSelector field, bool inFile, FieldPath path, List<FieldError> errors)
    {
        if (field.ApiVersion.Length == 0)
        {
            errors.Required(path.Child("apiVersion"));
            return;
        }

        var at = path.Child("fieldPath");
        if (field.FieldPath.Length == 0)
        {
            errors.Required(at);
            return;
        }

        var bracket = field.FieldPath.IndexOf("['", StringComparison.Ordinal);
        var subscripted = bracket > 0 && field.FieldPath.EndsWith("']", StringComparison.Ordinal);
        var name = subscripted ? field.FieldPath[..bracket] : field.FieldPath;
        name = name == "spec.host" ? "spec.nodeName" : name;
        var problem = field.ApiVersion != "v1" ? $"unsupported pod version: {field.ApiVersion}"
            : subscripted && name is not ("metadata.annotations" or "metadata.labels")
                ? $"field label does not support subscript: {field.FieldPath}"
            : !Labels.Contains(name) ? $"field label not supported: {field.FieldPath}"
            : "";
        if (problem.Length > 0)
        {
            errors.Invalid(at, field.FieldPath, $"error converting fieldPath: {problem}");
            return;
        }

        if (subscripted)
        {
            var key = field.FieldPath[(bracket + 2)..^2];
            var checkedKey = name == "metadata.annotations" ? key.ToLowerInvariant() : key;
            errors.Invalid(path, checkedKey, Names.QualifiedName(checkedKey));
            return;
        }

        var supported = inFile ? VolumeFields : EnvFields;
        if (!supported.Contains(name))
        {
            errors.Add(FieldError.NotSupported(at, name, supported));
        }
    }

    /// <summary>An amount of a container, in an environment variable or a file.</summary>
    public static void ValidateResource(
        ResourceFieldSelector field, bool inFile, FieldPath path, List<FieldError> errors)
    {
        if (inFile && field.ContainerName.Length == 0)
        {
            errors.Required(path.Child("containerName"));
        }
        else if (field.Resource.Length == 0)
        {
            errors.Required(path.Child("resource"));
        }
        else if (!Resources.Contains(field.Resource) && !IsHugePages(field.Resource))
        {
            errors.Add(FieldError.NotSupported(path.Child("resource"), field.Resource, Resources));
        }

        ValidateDivisor(field, path.Child("divisor"), errors);
    }

    private static bool IsHugePages(string resource) =>
        resource.StartsWith("limits.hugepages-", StringComparison.Ordinal)
        || resource.StartsWith("requests.hugepages-", StringComparison.Ordinal);

    private static void ValidateDivisor(ResourceFieldSelector field, FieldPath path, List<FieldError> errors)
    {
        if (field.Divisor.IsZero)
        {
            return;
        }

        const string sizes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
        var divisor = field.Divisor.ToString();
        var isSize = sizes.Split(", ").Contains(divisor);
        var message = field.Resource switch
        {
            "limits.cpu" or "requests.cpu" when divisor is not ("1m" or "1") =>
                "only divisor's values 1m and 1 are supported with the cpu resource",
            "limits.memory" or "requests.memory" when !isSize =>
                $"only divisor's values {sizes} are supported with the memory resource",
            "limits.ephemeral-storage" or "requests.ephemeral-storage" when !isSize =>
                $"only divisor's values {sizes} are supported with the local ephemeral storage resource",
            _ when IsHugePages(field.Resource) && !isSize =>
                $"only divisor's values {sizes} are supported with the hugepages resource",
            _ => "",
        };
        if (message.Length > 0)
        {
            errors.Invalid(path, field.Resource, message);
        }
    }

    private static void Validate(EnvVarSource source, string value, FieldPath path, List<FieldError> errors)
    {
        var sources = 0;
        if (source.FieldRef is { } field)
        {
            sources++;
            ValidateField(field, inFile: false, path.Child("fieldRef"), errors);
        }

        if (source.ResourceFieldRef is { } resource)
        {
            sources++;
            ValidateResource(resource, inFile: false, path.Child("resourceFieldRef"), errors);
        }

        if (source.ConfigMapKeyRef is { } map)
        {
            sources++;
            ValidateKey(map.LocalObjectReference.Name, map.Key, path.Child("configMapKeyRef"), errors);
        }

        if (source.SecretKeyRef is { } secret)
        {
            sources++;
            ValidateKey(secret.LocalObjectReference.Name, secret.Key, path.Child("secretKeyRef"), errors);
        }

        if (source.FileKeyRef is { } file)
        {
            sources++;
            errors.RequireText(path.Child("fileKeyRef").Child("volumeName"), file.VolumeName);
            errors.RequireText(path.Child("fileKeyRef").Child("path"), file.Path);
            errors.RequireText(path.Child("fileKeyRef").Child("key"), file.Key);
        }

        var message = sources == 0
                ? "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or "
                    + "`fileKeyRef`"
            : value.Length > 0 ? "may not be specified when `value` is not empty"
            : sources > 1 ? "may not have more than one field specified at a time"
            : "";
        if (message.Length > 0)
        {
            errors.Invalid(path, "", message);
        }
    }

    private static void ValidateKey(string name, string key, FieldPath path, List<FieldError> errors)
    {
        errors.Invalid(path.Child("name"), name, Names.Dns1123Subdomain(name));
        errors.RequireText(path.Child("key"), key);
        if (key.Length > 0)
        {
            errors.Invalid(path.Child("key"), key, Names.ConfigMapKey(key));
        }
    }

    private static void RequireName(string name, FieldPath path, List<FieldError> errors)
    {
        errors.RequireText(path, name);
        if (name.Length > 0)
        {
            errors.Invalid(path, name, Names.Dns1123Subdomain(name));
        }
    }
}
