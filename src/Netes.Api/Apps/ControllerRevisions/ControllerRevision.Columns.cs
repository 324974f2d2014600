using static Netes.Api.Columns<Netes.Api.Apps.ControllerRevision>;

namespace Netes.Api.Apps;

/// <summary>
/// What <c>kubectl get</c> shows. Source: printControllerRevision of pkg/printers/internalversion/printers.go.
/// </summary>
internal static class ControllerRevisionColumns
{
    public static ValueList<Column<ControllerRevision>> All { get; } =
    [
        Name,
        Text("Controller", Controller, "Whose revision it is."),
        Count("Revision", static item => item.Revision, "Which of its revisions."),
        Age,
    ];

    private static string Controller(ControllerRevision item)
    {
        if (item.Metadata.OwnerReferences.FirstOrDefault(owner => owner.Controller is true) is not { } owner)
        {
            return Cells.None;
        }

        var slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : owner.ApiVersion[..slash];
        return $"{ApiErrors.Qualified(group, owner.Kind.ToLowerInvariant())}/{owner.Name}";
    }
}
