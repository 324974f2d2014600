namespace Netes.Api.Networking;

/// <summary>Source: ValidateIPAddress of pkg/apis/networking/validation/validation.go.</summary>
internal static class IPAddressRules
{
    private static readonly FieldPath Parent = FieldPath.Of("spec").Child("parentRef");

    public static IEnumerable<string> Name(string name) =>
        !Names.TryParseIP(name, out var address) ? [Names.InvalidIP]
        : address.ToString() != name ? ["must be a valid IP address in canonical form"]
        : [];

    public static List<FieldError> Validate(IPAddress item)
    {
        List<FieldError> errors = [];
        if (item.Spec.ParentRef is not { } parent)
        {
            errors.Required(Parent);
            return errors;
        }

        if (parent.Group.Length > 0)
        {
            errors.Invalid(Parent.Child("group"), parent.Group, Names.Dns1123Subdomain(parent.Group));
        }

        errors.RequireText(Parent.Child("resource"), parent.Resource);
        errors.RequireText(Parent.Child("name"), parent.Name);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(IPAddress next, IPAddress old)
    {
        List<FieldError> errors = [];
        errors.Immutable(Parent, next.Spec.ParentRef, old.Spec.ParentRef);
        return errors;
    }
}
