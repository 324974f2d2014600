namespace Netes.Api.Meta;

/// <summary>The values of <c>CauseType</c>.</summary>
public static class CauseType
{
    public const string FieldManagerConflict = "FieldManagerConflict";
    public const string FieldValueDuplicate = "FieldValueDuplicate";
    public const string FieldValueForbidden = "FieldValueForbidden";
    public const string FieldValueInvalid = "FieldValueInvalid";
    public const string FieldValueNotFound = "FieldValueNotFound";
    public const string FieldValueNotSupported = "FieldValueNotSupported";
    public const string FieldValueRequired = "FieldValueRequired";
    public const string FieldValueTooLong = "FieldValueTooLong";
    public const string FieldValueTooMany = "FieldValueTooMany";
    public const string FieldValueTypeInvalid = "FieldValueTypeInvalid";
    public const string InternalError = "InternalError";
    public const string ResourceVersionTooLarge = "ResourceVersionTooLarge";
    public const string UnexpectedServerResponse = "UnexpectedServerResponse";
}

/// <summary>The values of <c>ConditionStatus</c>.</summary>
public static class ConditionStatus
{
    public const string False = "False";
    public const string True = "True";
    public const string Unknown = "Unknown";
}

/// <summary>The values of <c>DeletionPropagation</c>.</summary>
public static class DeletionPropagation
{
    public const string Background = "Background";
    public const string Foreground = "Foreground";
    public const string Orphan = "Orphan";
}

/// <summary>The values of <c>FieldSelectorOperator</c>.</summary>
public static class FieldSelectorOperator
{
    public const string DoesNotExist = "DoesNotExist";
    public const string Exists = "Exists";
    public const string In = "In";
    public const string NotIn = "NotIn";
}

/// <summary>The values of <c>IncludeObjectPolicy</c>.</summary>
public static class IncludeObjectPolicy
{
    public const string Metadata = "Metadata";
    public const string None = "None";
    public const string Object = "Object";
}

/// <summary>The values of <c>LabelSelectorOperator</c>.</summary>
public static class LabelSelectorOperator
{
    public const string DoesNotExist = "DoesNotExist";
    public const string Exists = "Exists";
    public const string In = "In";
    public const string NotIn = "NotIn";
}

/// <summary>The values of <c>ManagedFieldsOperationType</c>.</summary>
public static class ManagedFieldsOperationType
{
    public const string Apply = "Apply";
    public const string Update = "Update";
}

/// <summary>The values of <c>ResourceVersionMatch</c>.</summary>
public static class ResourceVersionMatch
{
    public const string Exact = "Exact";
    public const string NotOlderThan = "NotOlderThan";
}

/// <summary>The values of <c>RowConditionType</c>.</summary>
public static class RowConditionType
{
    public const string Completed = "Completed";
}

/// <summary>The values of <c>StatusReason</c>.</summary>
public static class StatusReason
{
    public const string Empty = "";
    public const string AlreadyExists = "AlreadyExists";
    public const string BadRequest = "BadRequest";
    public const string Conflict = "Conflict";
    public const string Expired = "Expired";
    public const string Forbidden = "Forbidden";
    public const string Gone = "Gone";
    public const string InternalError = "InternalError";
    public const string Invalid = "Invalid";
    public const string MethodNotAllowed = "MethodNotAllowed";
    public const string NotAcceptable = "NotAcceptable";
    public const string NotFound = "NotFound";
    public const string RequestEntityTooLarge = "RequestEntityTooLarge";
    public const string ServerTimeout = "ServerTimeout";
    public const string ServiceUnavailable = "ServiceUnavailable";
    public const string StorageReadError = "StorageReadError";
    public const string Timeout = "Timeout";
    public const string TooManyRequests = "TooManyRequests";
    public const string Unauthorized = "Unauthorized";
    public const string UnsupportedMediaType = "UnsupportedMediaType";
}
