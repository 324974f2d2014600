using Netes.Api;
using Netes.Api.Apps;
using Netes.Api.Batch;
using Netes.Api.Core;
using Netes.Api.Meta;

namespace Netes.ApiServer.Admission;

/// <summary>
/// Holds pods to the standards that their namespace's labels name. Source: pod-security-admission
/// admission/admission.go.
/// </summary>
internal sealed class PodSecurityAdmission(IObjectReader objects, string defaultLevel) : IValidatingAdmissionPlugin
{
    private const string Prefix = "pod-security.kubernetes.io/";

    private static readonly string[] Levels = ["privileged", "baseline", "restricted"];

    public string Name => "PodSecurity";

    public async ValueTask ValidateAsync(AdmissionAttributes attributes, CancellationToken cancel)
    {
        switch (attributes.Object)
        {
            case Namespace space when attributes is { Group: "", Resource: "namespaces", Subresource: "" }:
                CheckLabels(space);
                WarnOfExisting(attributes, space);
                break;
            case Pod pod when attributes.Is("", "pods") && attributes.Operation == AdmissionOperation.Create
                || attributes.Is("", "pods", "ephemeralcontainers"):
                await CheckAsync(attributes, pod.Metadata, pod.Spec, enforced: true, cancel);
                break;
            case { } workload when attributes.Subresource.Length == 0 && Template(workload) is { } template:
                await CheckAsync(attributes, template.Metadata, template.Spec, enforced: false, cancel);
                break;
        }
    }

    private async ValueTask CheckAsync(
        AdmissionAttributes attributes, ObjectMeta metadata, PodSpec spec, bool enforced, CancellationToken cancel)
    {
        var space = objects.Get<Namespace>("", attributes.Namespace)
            ?? await objects.GetLatestAsync<Namespace>("", attributes.Namespace, cancel);
        if (space is null)
        {
            return;
        }

        var enforce = Policy.Read(space, "enforce", defaultLevel);
        if (enforced && Describe(enforce, metadata, spec) is { } refusal)
        {
            throw attributes.Forbidden($"violates PodSecurity {refusal}");
        }

        if (enforced)
        {
            attributes.AuditAnnotations[$"{Prefix}enforce-policy"] = enforce.ToString();
        }

        if (Describe(Policy.Read(space, "warn", "privileged"), metadata, spec) is { } warning)
        {
            attributes.Warnings.Add($"would violate PodSecurity {warning}");
        }

        if (Describe(Policy.Read(space, "audit", "privileged"), metadata, spec) is { } audit)
        {
            attributes.AuditAnnotations[$"{Prefix}audit-violations"] = $"would violate PodSecurity {audit}";
        }
    }

    private static string? Describe(Policy policy, ObjectMeta metadata, PodSpec spec)
    {
        var violations = PodSecurityStandards.Evaluate(policy.Level, metadata, spec);
        return violations.Count == 0
            ? null
            : $"{FieldError.Quote(policy.ToString())}: {string.Join(", ", violations)}";
    }

    /// <summary>Labels that mean nothing are refused: a misspelt level protects nobody.</summary>
    private static void CheckLabels(Namespace space)
    {
        var errors = new List<FieldError>();
        foreach (var (key, value) in space.Metadata.Labels)
        {
            var path = FieldPath.Of("metadata").Child("labels").Key(key);
            switch (key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : "")
            {
                case "enforce" or "audit" or "warn" when !Levels.Contains(value):
                    errors.Add(FieldError.Invalid(path, value, $"must be one of {string.Join(", ", Levels)}"));
                    break;
                case "enforce-version" or "audit-version" or "warn-version" when !IsVersion(value):
                    errors.Add(FieldError.Invalid(path, value, "must be \"latest\" or \"v1.x\""));
                    break;
            }
        }

        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid("", "Namespace", space.Metadata.Name, errors);
        }
    }

    private void WarnOfExisting(AdmissionAttributes attributes, Namespace next)
    {
        var policy = Policy.Read(next, "enforce", defaultLevel);
        if (attributes.OldObject is not Namespace old || policy == Policy.Read(old, "enforce", defaultLevel)
            || policy.Level == "privileged")
        {
            return;
        }

        // Kubernetes looks at 3,000 pods at most; the cache makes that cheap.
        var lines = objects.List<Pod>(next.Metadata.Name).Take(3000)
            .Select(pod => (pod.Metadata.Name,
                Found: PodSecurityStandards.Evaluate(policy.Level, pod.Metadata, pod.Spec)))
            .Where(static pod => pod.Found.Count > 0)
            .Select(static pod => $"{pod.Name}: {string.Join(", ", pod.Found.Select(static one => one.Reason))}")
            .ToList();
        if (lines.Count == 0)
        {
            return;
        }

        attributes.Warnings.Add($"existing pods in namespace {FieldError.Quote(next.Metadata.Name)} violate the new "
            + "PodSecurity "
            + $"enforce level {FieldError.Quote(policy.ToString())}");
        foreach (var line in lines)
        {
            attributes.Warnings.Add(line);
        }
    }

    private static PodTemplateSpec? Template(object workload) => workload switch
    {
        Deployment deployment => deployment.Spec.Template,
        ReplicaSet set => set.Spec.Template,
        StatefulSet set => set.Spec.Template,
        DaemonSet set => set.Spec.Template,
        Job job => job.Spec.Template,
        CronJob job => job.Spec.JobTemplate.Spec.Template,
        ReplicationController controller => controller.Spec.Template,
        PodTemplate template => template.Template,
        _ => null,
    };

    private static bool IsVersion(string value) =>
        value == "latest" || (value.StartsWith("v1.", StringComparison.Ordinal)
            && uint.TryParse(value.AsSpan(3), out _));

    private sealed record Policy(string Level, string Version)
    {
        public static Policy Read(Namespace space, string mode, string fallback) => new(
            space.Metadata.Labels.Get(Prefix + mode, fallback),
                space.Metadata.Labels.Get($"{Prefix}{mode}-version", "latest"));

        public override string ToString() => $"{Level}:{Version}";
    }
}
