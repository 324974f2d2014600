using Netes.Api.Meta;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// Source: SetDefaults_MutatingWebhook and ValidateMutatingWebhookConfiguration under pkg/apis/admissionregistration.
/// </summary>
internal static class MutatingWebhookConfigurationRules
{
    public static MutatingWebhookConfiguration Default(MutatingWebhookConfiguration item) => item with
    {
        Webhooks = item.Webhooks.Map(static hook => hook with
        {
            FailurePolicy = hook.FailurePolicy ?? FailurePolicyType.Fail,
            MatchPolicy = hook.MatchPolicy ?? MatchPolicyType.Equivalent,
            NamespaceSelector = hook.NamespaceSelector ?? LabelSelector.Empty,
            ObjectSelector = hook.ObjectSelector ?? LabelSelector.Empty,
            TimeoutSeconds = hook.TimeoutSeconds ?? 10,
            ReinvocationPolicy = hook.ReinvocationPolicy ?? ReinvocationPolicyType.Never,
            Rules = WebhookRules.Default(hook.Rules),
            ClientConfig = WebhookRules.Default(hook.ClientConfig),
        }),
    };

    public static List<FieldError> Validate(MutatingWebhookConfiguration item)
    {
        List<FieldError> errors = [];
        HashSet<string> names = [];
        for (var i = 0; i < item.Webhooks.Count; i++)
        {
            var (hook, path) = (item.Webhooks[i], FieldPath.Of("webhooks").Index(i));
            WebhookRules.Validate(
                new(hook.Name, hook.ClientConfig, hook.Rules, hook.FailurePolicy, hook.MatchPolicy,
                    hook.NamespaceSelector,
                    hook.ObjectSelector, hook.SideEffects, hook.TimeoutSeconds, hook.AdmissionReviewVersions,
                    hook.ReinvocationPolicy),
                path, errors);
            if (!names.Add(hook.Name))
            {
                errors.Add(FieldError.Duplicate(path.Child("name"), hook.Name));
            }
        }

        return errors;
    }
}
