namespace RnnService.Model.Architecture;

/// <summary>The order in which a recurrent network reads an image.</summary>
public enum ReadingOrder
{
    /// <summary>28 rows of 28 pixels, from the top.</summary>
    Rows,

    /// <summary>The rows and, with separate weights, the 28 columns from the left. The output layer uses both.</summary>
    RowsAndColumns,

    /// <summary>Each member of the network reads the rows or the columns, in turn: members that see different things make different errors. At least two members.</summary>
    RowsOrColumns,
}
