namespace Netes.Api.ApiServerInternal;

/// <summary>Source: pkg/apis/apiserverinternal/validation/validation.go.</summary>
internal static class StorageVersionRules
{
    private static readonly FieldPath Status = FieldPath.Of("status");

    public static IEnumerable<string> CheckName(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0
            ? ["name must be in the form of <group>.<resource>"]
            : Names.Dns1123Subdomain(name[..dot]).Select(static message => $"the group segment {message}")
                .Concat(Names.Dns1035Label(name[(dot + 1)..])
                    .Select(static message => $"the resource segment {message}"));
    }

    public static List<FieldError> CheckStatus(StorageVersionStatus status)
    {
        List<FieldError> errors = [];
        for (var i = 0; i < status.StorageVersions.Count; i++)
        {
            CheckServer(errors, status.StorageVersions[i], Status.Child("storageVersions").Index(i));
        }

        CheckCommonVersion(errors, status);
        CheckConditions(errors, status.Conditions);
        return errors;
    }

    private static void CheckServer(List<FieldError> errors, ServerStorageVersion server, FieldPath path)
    {
        errors.Invalid(path.Child("apiServerID"), server.APIServerID, Names.Dns1123Subdomain(server.APIServerID));
        CheckVersion(errors, server.EncodingVersion, path.Child("encodingVersion"));
        var decodable = path.Child("decodableVersions");
        for (var i = 0; i < server.DecodableVersions.Count; i++)
        {
            CheckVersion(errors, server.DecodableVersions[i], decodable.Index(i));
        }

        if (!server.DecodableVersions.Contains(server.EncodingVersion))
        {
            var shown = $"[{string.Join(',', server.DecodableVersions.Select(FieldError.Quote))}]";
            errors.Invalid(decodable, new Shown(server.DecodableVersions.IsEmpty ? "null" : shown),
                $"decodableVersions must include encodingVersion {server.EncodingVersion}");
        }
    }

    private static void CheckVersion(List<FieldError> errors, string version, FieldPath path)
    {
        var messages = string.Join(',', VersionMessages(version));
        if (messages.Length > 0)
        {
            errors.Invalid(path, version, messages);
        }
    }

    // An optional group and a slash, then a version.
    private static IEnumerable<string> VersionMessages(string apiVersion)
    {
        var parts = apiVersion.Split('/');
        if (parts.Length > 2)
        {
            const string label = "a DNS-1035 label, which must consist of lower case alphanumeric characters or '-', "
                + "start with an alphabetic character, and end with an alphanumeric character";
            return
            [
                $"an apiVersion is {Names.Pattern(label, "[a-z]([-a-z0-9]*[a-z0-9])?", "my-name", "abc-123")}"
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyVersion')",
            ];
        }

        var group = parts.Length == 2 ? Of(parts[0], Names.Dns1123Subdomain) : [];
        return group.Select(static message => $"group part: {message}")
            .Concat(Of(parts[^1], Names.Dns1035Label).Select(static message => $"version part: {message}"));

        static IReadOnlyList<string> Of(string text, Func<string, IReadOnlyList<string>> check) =>
            text.Length == 0 ? [Names.Empty] : check(text);
    }

    private static void CheckCommonVersion(List<FieldError> errors, StorageVersionStatus status)
    {
        var path = Status.Child("commonEncodingVersion");
        var (actual, said) = (StorageVersionAgreement.CommonVersion(status.StorageVersions),
            status.CommonEncodingVersion);
        if (actual is null && said is not null)
        {
            errors.Invalid(path, said, "should be nil if servers do not agree on the same encoding version, or if "
                + "there is no server reporting the supported versions yet");
        }
        else if (actual is not null && said is null)
        {
            errors.Invalid(path, null, $"the common encoding version is {actual}");
        }
        else if (actual is not null && actual != said)
        {
            errors.Invalid(path, said, $"the actual common encoding version is {actual}");
        }
    }

    // The path is the status's, not that of its conditions: so Kubernetes has it.
    private static void CheckConditions(List<FieldError> errors, ValueList<StorageVersionCondition> conditions)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var (condition, path) = (conditions[i], Status.Index(i));
            if (seen.TryGetValue(condition.Type, out var first))
            {
                errors.Invalid(path.Child("type"), condition.Type, FormattableString.Invariant(
                    $"the type of the condition is not unique, it also appears in conditions[{first}]"));
            }

            seen[condition.Type] = i;
            errors.Invalid(path.Child("type"), condition.Type, Names.QualifiedName(condition.Type));
            errors.Invalid(path.Child("status"), condition.Type, Names.QualifiedName(condition.Status));
            errors.RequireText(path.Child("reason"), condition.Reason, "reason cannot be empty");
            errors.RequireText(path.Child("message"), condition.Message, "message cannot be empty");
        }
    }
}
