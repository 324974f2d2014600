using static Netes.Api.Columns<Netes.Api.AdmissionRegistration.ValidatingAdmissionPolicy>;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printValidatingAdmissionPolicy of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ValidatingAdmissionPolicyColumns
{
    public static ValueList<Column<ValidatingAdmissionPolicy>> All { get; } =
    [
        Name,
        Number("Validations", static item => item.Spec.Validations.Count, "How many rules it has."),
        Text("ParamKind", static item =>
            item.Spec.ParamKind is { } kind ? $"{kind.ApiVersion}/{kind.Kind}" : Cells.Unset),
        Age,
    ];
}
