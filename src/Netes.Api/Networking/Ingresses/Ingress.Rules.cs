namespace Netes.Api.Networking;

/// <summary>Source: ValidateIngress of pkg/apis/networking/validation/validation.go.</summary>
internal static class IngressRules
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private static readonly FieldPath Spec = FieldPath.Of("spec");
    private static readonly string[] BadSequences = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] BadEndings = ["/..", "/."];

    public static List<FieldError> Validate(Ingress ingress)
    {
        var errors = ValidateAny(ingress);
        if (ingress.Spec.IngressClassName is not null
            && ingress.Metadata.Annotations.TryGetValue(ClassAnnotation, out var name))
        {
            errors.Invalid(FieldPath.Of("metadata").Child("annotations").Child(ClassAnnotation), name,
                "can not be set when the class field is also set");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(Ingress next, Ingress old) => ValidateAny(next);

    private static List<FieldError> ValidateAny(Ingress ingress)
    {
        List<FieldError> errors = [];
        var spec = ingress.Spec;
        if (spec.Rules.IsEmpty && spec.DefaultBackend is null)
        {
            errors.Invalid(Spec, new Shown("[]"), "either `defaultBackend` or `rules` must be specified");
        }

        if (spec.DefaultBackend is { } backend)
        {
            Validate(backend, Spec.Child("defaultBackend"), errors);
        }

        for (var i = 0; i < spec.Rules.Count; i++)
        {
            Validate(spec.Rules[i], Spec.Child("rules").Index(i), errors);
        }

        for (var i = 0; i < spec.TLS.Count; i++)
        {
            var path = Spec.Child("tls").Index(i);
            foreach (var host in spec.TLS[i].Hosts)
            {
                errors.Invalid(path.Child("hosts"), host, HostProblems(host));
            }

            if (spec.TLS[i].SecretName.Length > 0)
            {
                errors.Invalid(
                    path.Child("secretName"), spec.TLS[i].SecretName, Names.Dns1123Subdomain(spec.TLS[i].SecretName));
            }
        }

        if (spec.IngressClassName is { } name)
        {
            errors.Invalid(Spec.Child("ingressClassName"), name, Names.Dns1123Subdomain(name));
        }

        return errors;
    }

    private static void Validate(IngressRule rule, FieldPath path, List<FieldError> errors)
    {
        if (rule.Host.Length > 0)
        {
            if (Names.TryParseIP(rule.Host, out _))
            {
                errors.Invalid(path.Child("host"), rule.Host, "must be a DNS name, not an IP address");
            }

            errors.Invalid(path.Child("host"), rule.Host, HostProblems(rule.Host));
        }

        if (rule.IngressRuleValue.HTTP is not { } http)
        {
            return;
        }

        var paths = path.Child("http").Child("paths");
        if (http.Paths.IsEmpty)
        {
            errors.Required(paths);
        }

        for (var i = 0; i < http.Paths.Count; i++)
        {
            Validate(http.Paths[i], paths.Index(i), errors);
        }
    }

    private static void Validate(HTTPIngressPath item, FieldPath path, List<FieldError> errors)
    {
        var at = path.Child("path");
        var absolute = item.Path.StartsWith('/');
        switch (item.PathType)
        {
            case null:
                errors.Required(path.Child("pathType"), "pathType must be specified");
                break;
            case "Exact" or "Prefix":
                if (!absolute)
                {
                    errors.Invalid(at, item.Path, "must be an absolute path");
                }

                foreach (var bad in BadSequences.Where(bad => item.Path.Contains(bad, StringComparison.Ordinal)))
                {
                    errors.Invalid(at, item.Path, $"must not contain '{bad}'");
                }

                foreach (var bad in BadEndings.Where(bad => item.Path.EndsWith(bad, StringComparison.Ordinal)))
                {
                    errors.Invalid(at, item.Path, $"cannot end with '{bad}'");
                }

                break;
            case "ImplementationSpecific":
                if (item.Path.Length > 0 && !absolute)
                {
                    errors.Invalid(at, item.Path, "must be an absolute path");
                }

                break;
            default:
                errors.OneOf(path.Child("pathType"), item.PathType, "Exact", "ImplementationSpecific", "Prefix");
                break;
        }

        Validate(item.Backend, path.Child("backend"), errors);
    }

    private static void Validate(IngressBackend backend, FieldPath path, List<FieldError> errors)
    {
        switch (backend)
        {
            case { Service: null, Resource: null }:
                errors.Invalid(path, "", "resource or service backend is required");
                break;
            case { Service: not null, Resource: not null }:
                errors.Invalid(path, "", "cannot set both resource and service backends");
                break;
            case { Resource: { } resource }:
                errors.RequireText(path.Child("resource").Child("kind"), resource.Kind);
                errors.RequireText(path.Child("resource").Child("name"), resource.Name);
                break;
            case { Service: { } service }:
                Validate(service, path, errors);
                break;
        }
    }

    private static void Validate(IngressServiceBackend service, FieldPath path, List<FieldError> errors)
    {
        var name = path.Child("service").Child("name");
        errors.RequireText(name, service.Name);
        if (service.Name.Length > 0)
        {
            errors.Invalid(name, service.Name, Names.Dns1035Label(service.Name));
        }

        var port = path.Child("service").Child("port");
        switch (service.Port)
        {
            case { Name.Length: > 0, Number: not 0 }:
                errors.Invalid(path, "", "cannot set both port name & port number");
                break;
            case { Name.Length: > 0 } named:
                errors.Invalid(port.Child("name"), named.Name, Names.PortName(named.Name));
                break;
            case { Number: not 0 } numbered:
                errors.Invalid(port.Child("number"), numbered.Number, Names.PortNumber(numbered.Number));
                break;
            default:
                errors.Required(path, "port name or number is required");
                break;
        }
    }

    private static IReadOnlyList<string> HostProblems(string host) => host.Contains('*', StringComparison.Ordinal)
        ? Names.WildcardDns1123Subdomain(host)
        : Names.Dns1123Subdomain(host);
}
