namespace Netes.Api.Storage;

/// <summary>Source: ValidateCSIStorageCapacity of pkg/apis/storage/validation/validation.go.</summary>
internal static class CSIStorageCapacityRules
{
    private static readonly FieldPath Topology = FieldPath.Of("nodeTopology");
    private static readonly FieldPath ClassName = FieldPath.Of("storageClassName");

    public static List<FieldError> Validate(CSIStorageCapacity item)
    {
        List<FieldError> errors = [];
        SelectorRules.Validate(item.NodeTopology, Topology, errors);
        errors.Invalid(ClassName, item.StorageClassName, Names.Dns1123Subdomain(item.StorageClassName));
        ValidateAmount(item.Capacity, FieldPath.Of("capacity"), errors);
        ValidateAmount(item.MaximumVolumeSize, FieldPath.Of("maximumVolumeSize"), errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(CSIStorageCapacity next, CSIStorageCapacity old)
    {
        var errors = Validate(next);
        errors.Immutable(Topology, next.NodeTopology, old.NodeTopology);
        errors.Immutable(ClassName, next.StorageClassName, old.StorageClassName);
        return errors;
    }

    private static void ValidateAmount(Quantity? amount, FieldPath path, List<FieldError> errors)
    {
        if (amount < Quantity.Zero)
        {
            errors.Invalid(path, amount, Checks.Negative);
        }
    }
}
