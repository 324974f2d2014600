using Netes.Api.Core;

namespace Netes.Api.Storage;

/// <summary>Source: pkg/apis/storage/v1/defaults.go, pkg/apis/storage/validation/validation.go.</summary>
internal static class StorageClassRules
{
    private const int MaxParameters = 512;
    private const int MaxParameterBytes = 256 * 1024;

    public static StorageClass Default(StorageClass item) => item with
    {
        ReclaimPolicy = item.ReclaimPolicy ?? PersistentVolumeReclaimPolicy.Delete,
        VolumeBindingMode = item.VolumeBindingMode ?? VolumeBindingMode.Immediate,
    };

    public static List<FieldError> Validate(StorageClass item)
    {
        List<FieldError> errors = [];
        var path = FieldPath.Of("provisioner");
        errors.RequireText(path, item.Provisioner);
        if (item.Provisioner.Length > 0)
        {
            errors.Invalid(path, item.Provisioner, Names.QualifiedName(item.Provisioner.ToLowerInvariant()));
        }

        ValidateParameters(item.Parameters, FieldPath.Of("parameters"), errors);
        if (item.ReclaimPolicy is { } policy)
        {
            errors.OneOf(FieldPath.Of("reclaimPolicy"), policy,
                PersistentVolumeReclaimPolicy.Delete, PersistentVolumeReclaimPolicy.Retain);
        }

        errors.RequiredOneOf(FieldPath.Of("volumeBindingMode"), item.VolumeBindingMode ?? "",
            VolumeBindingMode.Immediate, VolumeBindingMode.WaitForFirstConsumer);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(StorageClass next, StorageClass old)
    {
        List<FieldError> errors = [];
        if (next.Parameters != old.Parameters)
        {
            errors.Forbidden(FieldPath.Of("parameters"), "updates to parameters are forbidden.");
        }

        if (next.Provisioner != old.Provisioner)
        {
            errors.Forbidden(FieldPath.Of("provisioner"), "updates to provisioner are forbidden.");
        }

        if (next.ReclaimPolicy != old.ReclaimPolicy)
        {
            errors.Forbidden(FieldPath.Of("reclaimPolicy"), "updates to reclaimPolicy are forbidden.");
        }

        errors.Immutable(FieldPath.Of("volumeBindingMode"), next.VolumeBindingMode ?? "", old.VolumeBindingMode ?? "");
        return errors;
    }

    public static void ValidateParameters(ValueMap<string> parameters, FieldPath path, List<FieldError> errors)
    {
        if (parameters.Count > MaxParameters)
        {
            errors.Add(FieldError.TooLong(path, MaxParameters));
            return;
        }

        var size = 0;
        foreach (var (key, value) in parameters)
        {
            if (key.Length == 0)
            {
                errors.Invalid(path, key, "field can not be empty.");
            }

            size += key.Length + value.Length;
        }

        if (size > MaxParameterBytes)
        {
            errors.Add(FieldError.TooLong(path, MaxParameterBytes));
        }
    }
}
