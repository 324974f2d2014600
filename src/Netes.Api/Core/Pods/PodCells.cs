namespace Netes.Api.Core;

/// <summary>Cells of kinds that have a template of pods. Source: layoutContainerCells of printers.go.</summary>
internal static class PodCells
{
    public static string Names(PodTemplateSpec? template) =>
        string.Join(',', (template?.Spec.Containers ?? default).Select(container => container.Name));

    public static string Images(PodTemplateSpec? template) =>
        string.Join(',', (template?.Spec.Containers ?? default).Select(container => container.Image));
}
