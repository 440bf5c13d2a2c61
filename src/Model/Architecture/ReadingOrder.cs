namespace RnnService.Model.Architecture;

/// <summary>The order in which a recurrent network reads an image.</summary>
public enum ReadingOrder
{
    /// <summary>28 rows of 28 pixels, from the top.</summary>
    Rows,

    /// <summary>The rows, and with weights of their own the 28 columns from the left; the output layer sees both.</summary>
    RowsAndColumns,
}
