using Netes.Api;
using Netes.Api.Core;

namespace Netes.ApiServer.Subresources;

/// <summary>
/// Ephemeral containers may be added, never changed or taken away.
/// Source: pkg/apis/core/validation/validation.go, ValidatePodEphemeralContainersUpdate.
/// </summary>
internal static class EphemeralContainerRules
{
    public static IReadOnlyCollection<FieldError> Check(Pod next, Pod old)
    {
        var path = FieldPath.Of("spec").Child("ephemeralContainers");
        var errors = new List<FieldError>();
        var names = next.Spec.Containers.Select(static container => container.Name)
            .Concat(next.Spec.InitContainers.Select(static container => container.Name))
            .ToHashSet(StringComparer.Ordinal);
        var wanted = next.Spec.EphemeralContainers;
        for (var i = 0; i < wanted.Count; i++)
        {
            CheckOne(wanted[i].EphemeralContainerCommon, path.Index(i), names, errors);
        }

        foreach (var container in old.Spec.EphemeralContainers)
        {
            var name = container.EphemeralContainerCommon.Name;
            var kept = wanted.FirstOrDefault(other => other.EphemeralContainerCommon.Name == name);
            if (kept != container)
            {
                errors.Add(FieldError.Forbidden(path,
                    $"existing ephemeral containers {FieldError.Quote(name)} may not be "
                    + (kept is null ? "removed\n" : "changed\n")));
            }
        }

        return errors;
    }

    private static void CheckOne(
        EphemeralContainerCommon container, FieldPath path, HashSet<string> names, List<FieldError> errors)
    {
        if (container.Name.Length == 0)
        {
            errors.Add(FieldError.Required(path.Child("name")));
        }
        else
        {
            errors.AddRange(Names.Dns1123Label(container.Name).Select(text =>
                FieldError.Invalid(path.Child("name"), container.Name, text)));
            if (!names.Add(container.Name))
            {
                errors.Add(FieldError.Duplicate(path.Child("name"), container.Name));
            }
        }

        if (container.Image.Length == 0)
        {
            errors.Add(FieldError.Required(path.Child("image")));
        }
    }
}
