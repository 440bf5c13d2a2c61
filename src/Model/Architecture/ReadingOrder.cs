namespace RnnService.Model.Architecture;

/// <summary>The order in which a recurrent network reads an image.</summary>
public enum ReadingOrder
{
    /// <summary>28 rows of 28 pixels, from the top.</summary>
    Rows,

    /// <summary>The rows and, with separate weights, the 28 columns from the left. The output layer uses both.</summary>
    RowsAndColumns,
}
