using System.Text.Json;
using Netes.ApiServer.Certificates;

namespace Netes.ApiServer.Authentication;

/// <summary>
/// A service account token without an end: it is good while a Secret of type service-account-token holds it.
/// Source: pkg/serviceaccount/legacy.go.
/// </summary>
public sealed record LegacyServiceAccountToken(string Namespace, string Account, string AccountUid, string Secret)
{
    internal const string Issuer = "kubernetes/serviceaccount";
    private const string Prefix = "kubernetes.io/serviceaccount/";

    /// <summary>The signed token.</summary>
    public string Sign(ServiceAccountKeys keys) => JsonWebToken.Sign(keys, Write());

    /// <summary>What a payload says; null when something is missing or the subject is another.</summary>
    internal static LegacyServiceAccountToken? Read(JsonElement root)
    {
        string Text(string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "";
        var token = new LegacyServiceAccountToken(
            Text($"{Prefix}namespace"), Text($"{Prefix}service-account.name"), Text($"{Prefix}service-account.uid"),
            Text($"{Prefix}secret.name"));
        return Text("iss") == Issuer && token.Namespace.Length > 0 && token.Account.Length > 0
            && token.AccountUid.Length > 0 && token.Secret.Length > 0 && Text("sub") == token.Subject
            ? token
            : null;
    }

    internal UserIdentity ToUser() => new()
    {
        Name = Subject,
        Uid = AccountUid,
        Groups = [KnownGroups.ServiceAccounts, $"{KnownGroups.ServiceAccounts}:{Namespace}"],
    };

    private string Subject => ServiceAccountClaims.UserName(Namespace, Account);

    // Members in alphabetical order, as Go writes them.
    private byte[] Write()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss"u8, Issuer);
            json.WriteString($"{Prefix}namespace", Namespace);
            json.WriteString($"{Prefix}secret.name", Secret);
            json.WriteString($"{Prefix}service-account.name", Account);
            json.WriteString($"{Prefix}service-account.uid", AccountUid);
            json.WriteString("sub"u8, Subject);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
