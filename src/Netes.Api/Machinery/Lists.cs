namespace Netes.Api;

/// <summary>Changing immutable lists item by item without copying those that stay as they are.</summary>
public static class Lists
{
    /// <summary>The list with every item changed; the list itself when no item changed.</summary>
    public static ValueList<T> Map<T>(this ValueList<T> list, Func<T, T> change)
        where T : class
    {
        for (var i = 0; i < list.Count; i++)
        {
            var item = change(list[i]);
            if (!ReferenceEquals(item, list[i]))
            {
                list = list.SetItem(i, item);
            }
        }

        return list;
    }
}
