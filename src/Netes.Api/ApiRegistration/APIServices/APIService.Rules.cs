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
                    $"must be `spec.version+\".\"+spec.group`: {FieldError.Quote(name)}");
        }

        if (spec.Group.Length == 0 && spec.Version != "v1")
        {
            errors.Required(
                Spec.Child("group"), "only v1 may have an empty group and it better be legacy kube");
        }

        if (spec.Group.Length > 0)
        {
            errors.Invalid(Spec.Child("group"), spec.Group, Names.Dns1123Subdomain(spec.Group));
        }

        errors.Invalid(Spec.Child("version"), spec.Version, Names.Dns1035Label(spec.Version));
        if (spec.GroupPriorityMinimum is <= 0 or > 20000)
        {
            errors.Invalid(
                Spec.Child("groupPriorityMinimum"), spec.GroupPriorityMinimum, "must be positive and less than 20000");
        }

        if (spec.VersionPriority is <= 0 or > 1000)
        {
            errors.Invalid(Spec.Child("versionPriority"), spec.VersionPriority, "must be positive and less than 1000");
        }

        ValidateService(errors, spec);
        return errors;
    }

    private static void ValidateService(List<FieldError> errors, APIServiceSpec spec)
    {
        if (spec.Service is not { } service)
        {
            if (!spec.CABundle.IsEmpty)
            {
                errors.Invalid(Spec.Child("caBundle"), new Shown($"{spec.CABundle.Length} bytes"),
                    "local APIServices may not have a caBundle");
            }

            if (spec.InsecureSkipTLSVerify)
            {
                errors.Invalid(Spec.Child("insecureSkipTLSVerify"), true,
                    "local APIServices may not have insecureSkipTLSVerify");
            }

            return;
        }

        errors.RequireText(Spec.Child("service").Child("namespace"), service.Namespace);
        errors.RequireText(Spec.Child("service").Child("name"), service.Name);
        if (service.Port is < 1 or > 65535)
        {
            errors.Invalid(Spec.Child("service").Child("port"), service.Port.Value,
                "port is not valid: must be between 1 and 65535, inclusive");
        }

        if (spec is { InsecureSkipTLSVerify: true, CABundle.IsEmpty: false })
        {
            errors.Invalid(Spec.Child("insecureSkipTLSVerify"), true, "may not be true if caBundle is present");
        }
    }
}
