namespace Netes.Api.ApiRegistration;

/// <summary>Source: kube-aggregator pkg/apis/apiregistration/v1/defaults.go and validation/validation.go.</summary>
internal static class APIServiceRules
{
    private const int HttpsPort = 443;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static APIService Default(APIService item) => item.Spec.Service is { Port: null } service
        ? item with { Spec = item.Spec with { Service = service with { Port = HttpsPort } } }
        : item;

    public static List<FieldError> Validate(APIService item)
    {
        List<FieldError> errors = [];
        var spec = item.Spec;
        var name = $"{spec.Version}.{spec.Group}";
        if (item.Metadata.Name != name)
        {
            errors.Invalid(
                FieldPath.Of("metadata").Child("name"), item.Metadata.Name,
                    $"must be `spec.version+\".\"+spec.group`: {name}");
        }

        if (spec.Version.Length == 0)
        {
            errors.Required(Spec.Child("version"));
        }
        else
        {
            errors.Invalid(Spec.Child("version"), spec.Version, Names.Dns1035Label(spec.Version));
        }

        if (spec.GroupPriorityMinimum is <= 0 or > 20000)
        {
            errors.Invalid(
                Spec.Child("groupPriorityMinimum"), spec.GroupPriorityMinimum, "must be positive and less than 20000");
        }

        if (spec.VersionPriority is <= 0 or > 1000)
        {
            errors.Invalid(Spec.Child("versionPriority"), spec.VersionPriority, "must be positive and less than 1000");
        }

        if (spec.Service is { } service)
        {
            errors.RequireText(Spec.Child("service").Child("namespace"), service.Namespace);
            errors.RequireText(Spec.Child("service").Child("name"), service.Name);
        }
        else if (!spec.CABundle.IsEmpty)
        {
            errors.Invalid(Spec.Child("caBundle"), new Shown($"{spec.CABundle.Length} bytes"),
                "local APIServices may not have a caBundle");
        }

        if (spec is { InsecureSkipTLSVerify: true, CABundle.IsEmpty: false })
        {
            errors.Invalid(Spec.Child("insecureSkipTLSVerify"), true, "may not be true if caBundle is present");
        }

        return errors;
    }
}
