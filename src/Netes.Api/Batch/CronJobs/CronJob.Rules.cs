using Netes.Api.Core;

namespace Netes.Api.Batch;

/// <summary>Source: SetDefaults_CronJob and ValidateCronJobCreate under pkg/apis/batch.</summary>
internal static class CronJobRules
{
    // A job's name is the cron job's and eleven more characters.
    private const int NameLength = 52;

    // https://data.iana.org/time-zones/theory.html#naming
    private const int MaxZonePart = 14;

    private static readonly FieldPath Spec = FieldPath.Of("spec");

    public static CronJob Default(CronJob cron) => cron with
    {
        Spec = cron.Spec with
        {
            ConcurrencyPolicy = cron.Spec.ConcurrencyPolicy.Length == 0 ? ConcurrencyPolicy.Allow
                : cron.Spec.ConcurrencyPolicy,
            Suspend = cron.Spec.Suspend ?? false,
            SuccessfulJobsHistoryLimit = cron.Spec.SuccessfulJobsHistoryLimit ?? 3,
            FailedJobsHistoryLimit = cron.Spec.FailedJobsHistoryLimit ?? 1,
            JobTemplate = cron.Spec.JobTemplate with
            {
                Spec = cron.Spec.JobTemplate.Spec with
                {
                    Template = PodSpecDefaults.Apply(cron.Spec.JobTemplate.Spec.Template),
                },
            },
        },
    };

    public static CronJob PrepareCreate(CronJob cron) => cron with { Status = CronJobStatus.Empty };

    public static List<FieldError> Validate(CronJob cron)
    {
        var errors = ValidateAny(cron, null);
        if (cron.Metadata.Name.Length > NameLength)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), cron.Metadata.Name,
                $"must be no more than {NameLength} characters");
        }

        return errors;
    }

    public static List<FieldError> ValidateUpdate(CronJob next, CronJob old) => ValidateAny(next, old);

    private static List<FieldError> ValidateAny(CronJob cron, CronJob? old)
    {
        List<FieldError> errors = [];
        var spec = cron.Spec;
        ValidateSchedule(spec, old?.Spec.Schedule ?? "", errors);
        errors.NotNegative(Spec.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds);
        if (spec.TimeZone is { } zone && (old is null || old.Spec.TimeZone != zone))
        {
            ValidateZone(zone, errors);
        }

        errors.RequiredOneOf(Spec.Child("concurrencyPolicy"), spec.ConcurrencyPolicy,
            ConcurrencyPolicy.Allow, ConcurrencyPolicy.Forbid, ConcurrencyPolicy.Replace);
        JobValidation.ValidateSpec(spec.JobTemplate.Spec, Spec.Child("jobTemplate").Child("spec"), errors);
        if (spec.JobTemplate.Spec.Selector is { } selector)
        {
            errors.Invalid(Spec.Child("jobTemplate").Child("spec").Child("selector"), Shown.Of(selector),
                "`selector` will be auto-generated");
        }

        if (spec.JobTemplate.Spec.ManualSelector is true)
        {
            errors.Add(FieldError.NotSupported(Spec.Child("jobTemplate").Child("spec").Child("manualSelector"), true,
                ["nil", "false"]));
        }

        errors.NotNegative(Spec.Child("successfulJobsHistoryLimit"), spec.SuccessfulJobsHistoryLimit);
        errors.NotNegative(Spec.Child("failedJobsHistoryLimit"), spec.FailedJobsHistoryLimit);
        return errors;
    }

    private static void ValidateSchedule(CronJobSpec spec, string oldSchedule, List<FieldError> errors)
    {
        var path = Spec.Child("schedule");
        if (spec.Schedule.Length == 0)
        {
            errors.Required(path);
            return;
        }

        if (CronSchedule.TryParse(spec.Schedule, out var problem) is null)
        {
            errors.Invalid(path, spec.Schedule, problem);
        }

        if (!NamesZone(spec.Schedule))
        {
            return;
        }

        // What was accepted once stays.
        if (!NamesZone(oldSchedule))
        {
            errors.Invalid(
                path, spec.Schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
        else if (spec.TimeZone is not null)
        {
            errors.Invalid(path, spec.Schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    private static bool NamesZone(string schedule) => schedule.Contains("TZ", StringComparison.Ordinal);

    private static void ValidateZone(string zone, List<FieldError> errors)
    {
        var path = Spec.Child("timeZone");
        if (zone.Length == 0)
        {
            errors.Invalid(path, zone, "timeZone must be nil or non-empty string");
        }
        else if (!zone.Split('/').All(IsZonePart))
        {
            errors.Invalid(path, zone, $"unknown time zone {zone}");
        }
        else
        {
            if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
            {
                errors.Invalid(
                    path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
            }

            if (zone != "Local" && !TimeZones.TryFind(zone, out _))
            {
                errors.Invalid(path, zone, $"unknown time zone {zone}");
            }
        }
    }

    private static bool IsZonePart(string part) =>
        part.Length is > 0 and <= MaxZonePart && part is not ("." or "..") && part[0] != '-'
        && part.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '+');
}
