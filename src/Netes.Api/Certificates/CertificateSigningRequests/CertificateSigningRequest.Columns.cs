using static Netes.Api.Columns<Netes.Api.Certificates.CertificateSigningRequest>;

namespace Netes.Api.Certificates;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printCertificateSigningRequest of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class CertificateSigningRequestColumns
{
    public static ValueList<Column<CertificateSigningRequest>> All { get; } =
    [
        Name,
        Age,
        Text("SignerName", static item => item.Spec.SignerName, "Who shall sign."),
        Text("Requestor", static item => item.Spec.Username, "Who asks."),
        Text("RequestedDuration", static item => item.Spec.ExpirationSeconds is { } seconds
            ? Ages.Human(TimeSpan.FromSeconds(seconds))
            : Cells.None),
        Text("Condition", Condition, "How far the request is."),
    ];

    private static string Condition(CertificateSigningRequest item)
    {
        var text = Has(RequestConditionType.Denied) ? "Denied" : Has(RequestConditionType.Approved) ? "Approved"
            : "Pending";
        text += Has(RequestConditionType.Failed) ? ",Failed" : "";
        return item.Status.Certificate.IsEmpty ? text : $"{text},Issued";

        bool Has(string type) => item.Status.Conditions.Any(condition => condition.Type == type);
    }
}
