using System.Text.Json;

namespace Netes.Api.Core;

/// <summary>
/// Source: SetDefaults_Secret, Convert_v1_Secret_To_core_Secret and ValidateSecret under pkg/apis/core.
/// </summary>
internal static class SecretRules
{
    private const string ServiceAccountName = "kubernetes.io/service-account.name";
    private const string Redacted = "<secret contents redacted>";
    private static readonly FieldPath Data = FieldPath.Of("data");

    /// <summary>stringData is for writing: what it holds goes to data, and it is never shown again.</summary>
    public static Secret Default(Secret secret)
    {
        var data = secret.Data;
        foreach (var (key, value) in secret.StringData)
        {
            data = data.Set(key, ByteString.FromUtf8(value));
        }

        return secret with
        {
            Data = data,
            StringData = default,
            Type = secret.Type.Length == 0 ? SecretType.Opaque : secret.Type,
        };
    }

    public static List<FieldError> Validate(Secret secret)
    {
        List<FieldError> errors = [];
        long size = 0;
        foreach (var (key, value) in secret.Data)
        {
            errors.Invalid(Data.Key(key), key, Names.ConfigMapKey(key));
            size += value.Length;
        }

        if (size > ConfigMapRules.SizeBytes)
        {
            errors.Add(FieldError.TooLong(Data, ConfigMapRules.SizeBytes));
        }

        ValidateType(secret, errors);
        return errors;
    }

    public static List<FieldError> ValidateUpdate(Secret next, Secret old)
    {
        List<FieldError> errors = [];
        errors.Immutable(FieldPath.Of("type"), next.Type, old.Type);
        if (old.Immutable is true)
        {
            if (next.Immutable is not true)
            {
                errors.Forbidden(FieldPath.Of("immutable"), ConfigMapRules.Sealed);
            }

            if (next.Data != old.Data)
            {
                errors.Forbidden(Data, ConfigMapRules.Sealed);
            }
        }

        errors.AddRange(Validate(next));
        return errors;
    }

    private static void ValidateType(Secret secret, List<FieldError> errors)
    {
        switch (secret.Type)
        {
            case SecretType.KubernetesIoServiceAccountToken:
                errors.RequireText(FieldPath.Of("metadata").Child("annotations").Key(ServiceAccountName),
                    secret.Metadata.Annotations.Get(ServiceAccountName, ""));
                break;
            case SecretType.KubernetesIoDockercfg:
                RequireJson(secret, ".dockercfg", errors);
                break;
            case SecretType.KubernetesIoDockerconfigjson:
                RequireJson(secret, ".dockerconfigjson", errors);
                break;
            case SecretType.KubernetesIoBasicAuth
                when !secret.Data.ContainsKey("username") && !secret.Data.ContainsKey("password"):
                errors.Required(Data.Key("username"));
                errors.Required(Data.Key("password"));
                break;
            case SecretType.KubernetesIoSshAuth when secret.Data.Get("ssh-privatekey").IsEmpty:
                errors.Required(Data.Key("ssh-privatekey"));
                break;
            case SecretType.KubernetesIoTls:
                foreach (var key in (ReadOnlySpan<string>)["tls.crt", "tls.key"])
                {
                    if (!secret.Data.ContainsKey(key))
                    {
                        errors.Required(Data.Key(key));
                    }
                }

                break;
        }
    }

    private static void RequireJson(Secret secret, string key, List<FieldError> errors)
    {
        if (!secret.Data.TryGetValue(key, out var text))
        {
            errors.Required(Data.Key(key));
            return;
        }

        var message = Problem(text);
        if (message.Length > 0)
        {
            errors.Invalid(Data.Key(key), Redacted, message);
        }
    }

    // Go's words for the two mistakes that are common: nothing, and text that is no JSON.
    private static string Problem(ByteString text)
    {
        if (text.IsEmpty)
        {
            return "unexpected end of JSON input";
        }

        var reader = new Utf8JsonReader(text.Span);
        return JsonDocument.TryParseValue(ref reader, out var document)
            && document.RootElement.ValueKind == JsonValueKind.Object
            ? ""
            : "json: cannot unmarshal value into Go value of type map[string]interface {}";
    }
}
