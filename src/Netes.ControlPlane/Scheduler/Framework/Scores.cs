namespace Netes.ControlPlane.Scheduling;

/// <summary>Common arithmetic of scores. Source: plugins/helper/normalize_score.go.</summary>
internal static class Scores
{
    /// <summary>Scales so that the highest becomes the maximum; reversed, zero is the best.</summary>
    public static void Normalize(Span<long> scores, bool reverse)
    {
        var highest = 0L;
        foreach (var score in scores)
        {
            highest = Math.Max(highest, score);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            var scaled = highest == 0 ? 0 : IScorePlugin.MaxScore * scores[i] / highest;
            scores[i] = reverse ? IScorePlugin.MaxScore - scaled : scaled;
        }
    }
}
