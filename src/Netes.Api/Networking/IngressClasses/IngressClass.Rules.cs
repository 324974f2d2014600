namespace Netes.Api.Networking;

/// <summary>Source: SetDefaults_IngressClass and ValidateIngressClass under pkg/apis/networking.</summary>
internal static class IngressClassRules
{
    private const int ControllerLength = 250;
    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static IngressClass Default(IngressClass item) => item.Spec.Parameters is { Scope: null } parameters
        ? item with { Spec = item.Spec with { Parameters = parameters with { Scope = "Cluster" } } }
        : item;

    public static List<FieldError> Validate(IngressClass item)
    {
        List<FieldError> errors = [];
        var (controller, path) = (item.Spec.Controller, Spec.Child("controller"));
        if (controller.Length > ControllerLength)
        {
            errors.Add(FieldError.TooLong(path, ControllerLength));
        }

        var slash = controller.IndexOf('/', StringComparison.Ordinal);
        if (controller.Length == 0)
        {
            errors.Required(path);
        }
        else if (slash < 1 || slash == controller.Length - 1)
        {
            errors.Invalid(path, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        else
        {
            errors.Invalid(path, controller[..slash], Names.Dns1123Subdomain(controller[..slash]));
        }

        ValidateParameters(item.Spec.Parameters, Spec.Child("parameters"), errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(IngressClass next, IngressClass old)
    {
        List<FieldError> errors = [];
        errors.Immutable(Spec.Child("controller"), next.Spec.Controller, old.Spec.Controller);
        ValidateParameters(next.Spec.Parameters, Spec.Child("parameters"), errors);
        return errors;
    }

    private static void ValidateParameters(
        IngressClassParametersReference? parameters, FieldPath path, List<FieldError> errors)
    {
        if (parameters is null)
        {
            return;
        }

        errors.RequireText(path.Child("kind"), parameters.Kind, "kind is required");
        errors.RequireText(path.Child("name"), parameters.Name, "name is required");
        switch (parameters.Scope)
        {
            case "Namespace" when string.IsNullOrEmpty(parameters.Namespace):
                errors.Required(path.Child("namespace"), "`parameters.scope` is set to 'Namespace'");
                break;
            case "Cluster" when parameters.Namespace is not null:
                errors.Forbidden(path.Child("namespace"), "`parameters.scope` is set to 'Cluster'");
                break;
            case "Namespace" or "Cluster":
                break;
            default:
                errors.RequiredOneOf(path.Child("scope"), parameters.Scope ?? "", "Cluster", "Namespace");
                break;
        }
    }
}
