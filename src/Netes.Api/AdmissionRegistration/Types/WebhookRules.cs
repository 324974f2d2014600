using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What both kinds of webhooks share. Source: pkg/apis/admissionregistration/v1/defaults.go,
/// pkg/apis/admissionregistration/validation/validation.go.
/// </summary>
internal static class WebhookRules
{
    private const int HttpsPort = 443;

    public static ValueList<RuleWithOperations> Default(ValueList<RuleWithOperations> rules) => rules.Map(static rule =>
        rule.Rule.Scope is null ? rule with { Rule = rule.Rule with { Scope = ScopeType.Empty } } : rule);

    public static WebhookClientConfig Default(WebhookClientConfig config) => config.Service is { Port: null } service
        ? config with { Service = service with { Port = HttpsPort } }
        : config;

    public static void Validate(Webhook hook, FieldPath path, List<FieldError> errors)
    {
        ValidateName(hook.Name, path.Child("name"), errors);
        if (hook.Versions.IsEmpty)
        {
            errors.Required(path.Child("admissionReviewVersions"), "must specify one of v1, v1beta1");
        }
        else if (!hook.Versions.Contains("v1") && !hook.Versions.Contains("v1beta1"))
        {
            errors.Invalid(path.Child("admissionReviewVersions"), Shown.Strings(hook.Versions),
                "must include at least one of v1, v1beta1");
        }

        for (var i = 0; i < hook.Rules.Count; i++)
        {
            Validate(hook.Rules[i], path.Child("rules").Index(i), errors);
        }

        ValidateWords(hook, path, errors);
        SelectorRules.Validate(hook.NamespaceSelector, path.Child("namespaceSelector"), errors);
        SelectorRules.Validate(hook.ObjectSelector, path.Child("objectSelector"), errors);
        if (hook.TimeoutSeconds is < 1 or > 30)
        {
            errors.Invalid(path.Child("timeoutSeconds"), hook.TimeoutSeconds,
                "the timeout value must be between 1 and 30 seconds");
        }

        Validate(hook.ClientConfig, path.Child("clientConfig"), errors);
    }

    private static void ValidateWords(Webhook hook, FieldPath path, List<FieldError> errors)
    {
        if (hook.FailurePolicy is { } failure)
        {
            errors.OneOf(path.Child("failurePolicy"), failure, FailurePolicyType.Fail, FailurePolicyType.Ignore);
        }

        if (hook.MatchPolicy is { } match)
        {
            errors.OneOf(path.Child("matchPolicy"), match, MatchPolicyType.Equivalent, MatchPolicyType.Exact);
        }

        if (hook.SideEffects is { } effects)
        {
            errors.OneOf(path.Child("sideEffects"), effects, SideEffectClass.None, SideEffectClass.NoneOnDryRun);
        }
        else
        {
            errors.Required(path.Child("sideEffects"), "must specify one of None, NoneOnDryRun");
        }

        if (hook.ReinvocationPolicy is { } reinvocation)
        {
            errors.OneOf(path.Child("reinvocationPolicy"), reinvocation,
                ReinvocationPolicyType.IfNeeded, ReinvocationPolicyType.Never);
        }
    }

    private static void ValidateName(string name, FieldPath path, List<FieldError> errors)
    {
        var messages = Names.Dns1123Subdomain(name);
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else if (messages.Count > 0)
        {
            errors.Invalid(path, name, string.Join(',', messages));
        }
        else if (name.Count(static c => c == '.') < 2)
        {
            errors.Invalid(path, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void Validate(RuleWithOperations rule, FieldPath path, List<FieldError> errors)
    {
        Require(rule.Operations, path.Child("operations"), errors);
        for (var i = 0; i < rule.Operations.Count; i++)
        {
            errors.OneOf(path.Child("operations").Index(i), rule.Operations[i], OperationType.Empty,
                OperationType.CONNECT, OperationType.CREATE, OperationType.DELETE, OperationType.UPDATE);
        }

        Require(rule.Rule.ApiGroups, path.Child("apiGroups"), errors);
        Require(rule.Rule.APIVersions, path.Child("apiVersions"), errors);
        Require(rule.Rule.Resources, path.Child("resources"), errors);
        if (rule.Rule.Scope is { } scope)
        {
            errors.OneOf(path.Child("scope"), scope, ScopeType.Empty, ScopeType.Cluster, ScopeType.Namespaced);
        }
    }

    private static void Require(ValueList<string> list, FieldPath path, List<FieldError> errors)
    {
        if (list.IsEmpty)
        {
            errors.Required(path);
        }
        else if (list.Count > 1 && list.Contains("*"))
        {
            errors.Invalid(path, Shown.Strings(list), "if '*' is present, must not specify other values");
        }
    }

    private static void Validate(WebhookClientConfig config, FieldPath path, List<FieldError> errors)
    {
        if (config.URL is null == config.Service is null)
        {
            errors.Required(path, "exactly one of url or service is required");
        }

        if (config.URL is { } url)
        {
            ValidateUrl(url, path.Child("url"), errors);
        }

        if (config.Service is not { } service)
        {
            return;
        }

        var at = path.Child("service");
        errors.RequireText(at.Child("name"), service.Name, "service name is required");
        errors.RequireText(at.Child("namespace"), service.Namespace, "service namespace is required");
        if (service.Port is { } port && Names.PortNumber(port).Count > 0)
        {
            errors.Invalid(at.Child("port"), port, $"port is not valid: {Names.PortNumber(port)[0]}");
        }

        if (service.Path is { Length: > 0 } file && !file.StartsWith('/'))
        {
            errors.Invalid(at.Child("path"), file, "must start with a '/'");
        }
    }

    private static void ValidateUrl(string url, FieldPath path, List<FieldError> errors)
    {
        const string form = "; desired format: https://host[/path]";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            errors.Required(path, $"url must be a valid URL: \"{url}\"{form}");
            return;
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            errors.Invalid(path, uri.Scheme, $"'https' is the only allowed URL scheme{form}");
        }

        if (uri.UserInfo.Length > 0)
        {
            errors.Invalid(path, uri.UserInfo, "user information is not permitted in the URL");
        }

        if (uri.Fragment.Length > 0)
        {
            errors.Invalid(path, uri.Fragment[1..], "fragments are not permitted in the URL");
        }

        if (uri.Query.Length > 0)
        {
            errors.Invalid(path, uri.Query[1..], "query parameters are not permitted in the URL");
        }
    }
}

/// <summary>A webhook of either kind, as the rules see it.</summary>
internal sealed record Webhook(
    string Name,
    WebhookClientConfig ClientConfig,
    ValueList<RuleWithOperations> Rules,
    string? FailurePolicy,
    string? MatchPolicy,
    LabelSelector? NamespaceSelector,
    LabelSelector? ObjectSelector,
    string? SideEffects,
    int? TimeoutSeconds,
    ValueList<string> Versions,
    string? ReinvocationPolicy);
