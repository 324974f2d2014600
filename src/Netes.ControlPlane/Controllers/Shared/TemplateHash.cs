using System.Globalization;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.ControlPlane;

/// <summary>A short name of a template's content. Source: pkg/controller/controller_utils.go, ComputeHash.</summary>
internal static class TemplateHash
{
    // No vowels and no look-alikes: apimachinery pkg/util/rand.
    private const string SafeCharacters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>
    /// FNV-1a over the template and the count of collisions so far, in characters that are safe in names.
    /// </summary>
    public static string Of(PodTemplateSpec template, int? collisions)
    {
        var hash = 2166136261u;
        foreach (var octet in JsonCodec.Encode(template))
        {
            hash = (hash ^ octet) * 16777619u;
        }

        if (collisions is { } count)
        {
            for (var shift = 0; shift < 32; shift += 8)
            {
                hash = (hash ^ (byte)(count >> shift)) * 16777619u;
            }
        }

        return string.Concat(hash.ToString(CultureInfo.InvariantCulture)
            .Select(digit => SafeCharacters[digit % SafeCharacters.Length]));
    }
}
