using Netes.Api;

namespace Netes.ApiServer.Admission;

/// <summary>A rule of a Pod Security Standard that a pod breaks: why, and what to change.</summary>
internal sealed record PodSecurityViolation(string Reason, string Detail)
{
    public override string ToString() => Detail.Length == 0 ? Reason : $"{Reason} ({Detail})";
}

/// <summary>Wording of violations. Source: pod-security-admission policy/helpers.go.</summary>
internal static class PodSecurityText
{
    /// <summary><c>container "a"</c>, <c>containers "a", "b"</c>.</summary>
    public static string Containers(IReadOnlyCollection<string> names) => Plural("container", names);

    public static string Plural(string word, IReadOnlyCollection<string> names) =>
        $"{(names.Count == 1 ? word : word + "s")} {Quoted(names)}";

    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(FieldError.Quote));

    /// <summary>The names of the containers that <paramref name="isBad"/> holds for.</summary>
    public static List<string> Names(this IEnumerable<ContainerView> containers, Func<ContainerView, bool> isBad) =>
        [.. containers.Where(isBad).Select(static container => container.Name)];
}
