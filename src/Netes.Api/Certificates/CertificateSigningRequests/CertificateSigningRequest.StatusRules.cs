namespace Netes.Api.Certificates;

/// <summary>
/// Whoever signs writes the status, whoever decides the approval: neither does the other's, and what was decided or
/// signed stays.
/// </summary>
internal static partial class CertificateSigningRequestRules
{
    private static readonly FieldPath Status = FieldPath.Of("status");
    private static readonly FieldPath Conditions = Status.Child("conditions");
    private static readonly string[] Decisions = [RequestConditionType.Approved, RequestConditionType.Denied];

    /// <summary>What was decided is as it was, unless there is more or less of it: that is refused.</summary>
    public static CertificateSigningRequest PrepareStatusUpdate(
        CertificateSigningRequest next, CertificateSigningRequest old)
    {
        var conditions = next.Status.Conditions.ToArray();
        foreach (var type in Decisions)
        {
            var before = Of(type, old);
            if (before.Length == Of(type, next).Length)
            {
                var kept = 0;
                for (var i = 0; i < conditions.Length; i++)
                {
                    conditions[i] = conditions[i].Type == type ? before[kept++] : conditions[i];
                }
            }
        }

        return next with { Status = next.Status with { Conditions = [.. conditions] } };
    }

    public static List<FieldError> ValidateStatusUpdate(CertificateSigningRequest next, CertificateSigningRequest old)
    {
        var errors = ValidateApproval(next, old);
        foreach (var type in Decisions.Where(type => Of(type, next).Length > Of(type, old).Length))
        {
            errors.Forbidden(Conditions, $"updates may not add a condition of type {FieldError.Quote(type)}");
        }

        if (!old.Status.Certificate.IsEmpty && next.Status.Certificate != old.Status.Certificate)
        {
            errors.Forbidden(Status.Child("certificate"), "updates may not modify existing certificate content");
        }

        return errors;
    }

    public static List<FieldError> ValidateApproval(CertificateSigningRequest next, CertificateSigningRequest old)
    {
        List<FieldError> errors = [];
        HashSet<string> types = [];
        for (var i = 0; i < next.Status.Conditions.Count; i++)
        {
            var (condition, at) = (next.Status.Conditions[i], Conditions.Index(i));
            errors.RequireText(at.Child("type"), condition.Type);
            if (condition.Type.Length > 0 && !types.Add(condition.Type))
            {
                errors.Add(FieldError.Duplicate(at.Child("type"), condition.Type));
            }

            errors.RequiredOneOf(at.Child("status"), condition.Status, "True", "False", "Unknown");
        }

        if (types.IsSupersetOf(Decisions))
        {
            errors.Invalid(
                Conditions, RequestConditionType.Denied, "Approved and Denied conditions are mutually exclusive");
        }

        foreach (var type in Decisions.Append(RequestConditionType.Failed)
            .Where(type => Of(type, next).Length < Of(type, old).Length))
        {
            errors.Forbidden(Conditions, $"updates may not remove a condition of type {FieldError.Quote(type)}");
        }

        return errors;
    }

    private static CertificateSigningRequestCondition[] Of(string type, CertificateSigningRequest item) =>
        [.. item.Status.Conditions.Where(condition => condition.Type == type)];
}
