using Netes.Api.Core;

namespace Netes.Api.Storage;

/// <summary>Source: ValidateCSINode of pkg/apis/storage/validation/validation.go.</summary>
internal static class CSINodeRules
{
    private const int IdLength = 256;

    public static List<FieldError> Validate(CSINode node)
    {
        List<FieldError> errors = [];
        HashSet<string> names = [];
        for (var i = 0; i < node.Spec.Drivers.Count; i++)
        {
            var (driver, path) = (node.Spec.Drivers[i], FieldPath.Of("spec").Child("drivers").Index(i));
            VolumeSourceRules.ValidateDriver(driver.Name, path.Child("name"), errors);
            errors.RequireText(path.Child("nodeID"), driver.NodeID);
            if (driver.NodeID.Length > IdLength)
            {
                errors.Invalid(path.Child("nodeID"), driver.NodeID, $"must be {IdLength} characters or less");
            }

            errors.NotNegative(path.Child("allocatable").Child("count"), driver.Allocatable?.Count);
            foreach (var key in driver.TopologyKeys)
            {
                errors.Invalid(path, key, Names.QualifiedName(key));
            }

            if (!names.Add(driver.Name))
            {
                errors.Add(FieldError.Duplicate(path.Child("name"), driver.Name));
            }
        }

        return errors;
    }

    /// <summary>What a driver said of a node stays, but for how many volumes it can attach there (KEP-4876).</summary>
    public static List<FieldError> ValidateUpdate(CSINode next, CSINode old)
    {
        var errors = Validate(next);
        foreach (var before in old.Spec.Drivers)
        {
            foreach (var after in next.Spec.Drivers)
            {
                if (after.Name == before.Name && after with { Allocatable = before.Allocatable } != before)
                {
                    errors.Invalid(FieldPath.Of("CSINodeDriver"), Shown.Of(after), "field is immutable");
                }
            }
        }

        return errors;
    }
}
