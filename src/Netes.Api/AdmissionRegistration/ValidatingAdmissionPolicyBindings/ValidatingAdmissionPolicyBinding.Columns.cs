using static Netes.Api.Columns<Netes.Api.AdmissionRegistration.ValidatingAdmissionPolicyBinding>;

namespace Netes.Api.AdmissionRegistration;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printValidatingAdmissionPolicyBinding of
/// pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ValidatingAdmissionPolicyBindingColumns
{
    public static ValueList<Column<ValidatingAdmissionPolicyBinding>> All { get; } =
    [
        Name,
        Text("PolicyName", static item => item.Spec.PolicyName, "The policy it puts to work."),
        Text("ParamRef", Parameters, "The parameters it gives."),
        Age,
    ];

    private static string Parameters(ValidatingAdmissionPolicyBinding item) => item.Spec.ParamRef switch
    {
        null => Cells.Unset,
        { Name.Length: > 0, Namespace.Length: > 0 } reference => $"{reference.Namespace}/{reference.Name}",
        { Name.Length: > 0 } reference => $"*/{reference.Name}",
        { Namespace.Length: > 0 } reference => $"{reference.Namespace}/{Cells.Selector(reference.Selector)}",
        var reference => $"*/{Cells.Selector(reference.Selector)}",
    };
}
