using static Netes.Api.Columns<Netes.Api.AdmissionRegistration.MutatingAdmissionPolicy>;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printMutatingAdmissionPolicy of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class MutatingAdmissionPolicyColumns
{
    public static ValueList<Column<MutatingAdmissionPolicy>> All { get; } =
    [
        Name,
        Number("Mutations", static item => item.Spec.Mutations.Count, "How many changes it makes."),
        Text("ParamKind", static item =>
            item.Spec.ParamKind is { } kind ? $"{kind.ApiVersion}/{kind.Kind}" : Cells.Unset),
        Age,
    ];
}
