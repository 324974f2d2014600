using System.Text;

namespace Netes.Api.Core;

/// <summary>Source: ValidateConfigMap of pkg/apis/core/validation/validation.go.</summary>
internal static class ConfigMapRules
{
    /// <summary>All values of a ConfigMap or Secret, together.</summary>
    public const int SizeBytes = 1024 * 1024;

    public const string Sealed = "field is immutable when `immutable` is set";

    public static List<FieldError> Validate(ConfigMap map)
    {
        List<FieldError> errors = [];
        long size = 0;
        foreach (var (key, value) in map.Data)
        {
            var path = FieldPath.Of("data").Key(key);
            errors.Invalid(path, key, Names.ConfigMapKey(key));
            if (map.BinaryData.ContainsKey(key))
            {
                errors.Invalid(path, key, "duplicate of key present in binaryData");
            }

            size += Encoding.UTF8.GetByteCount(value);
        }

        foreach (var (key, value) in map.BinaryData)
        {
            errors.Invalid(FieldPath.Of("binaryData").Key(key), key, Names.ConfigMapKey(key));
            size += value.Length;
        }

        if (size > SizeBytes)
        {
            errors.Add(FieldError.TooLong(FieldPath.Of(""), SizeBytes));
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(ConfigMap next, ConfigMap old)
    {
        List<FieldError> errors = [];
        if (old.Immutable is true)
        {
            if (next.Immutable is not true)
            {
                errors.Forbidden(FieldPath.Of("immutable"), Sealed);
            }

            if (next.Data != old.Data)
            {
                errors.Forbidden(FieldPath.Of("data"), Sealed);
            }

            if (next.BinaryData != old.BinaryData)
            {
                errors.Forbidden(FieldPath.Of("binaryData"), Sealed);
            }
        }

        errors.AddRange(Validate(next));
        return errors;
    }
}
