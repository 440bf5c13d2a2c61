namespace RnnService.Model.Kernels.Products;

/// <summary>What a matrix product calculates at once.</summary>
internal static class Tile
{
    /// <summary>
    /// Six rows of two vectors, two vectors of the right matrix and one number of the left are fifteen registers: what AVX2 has, and enough sums under
    /// way to hide the time of a multiply-add. Work is best shared in multiples of it.
    /// </summary>
    public const int Rows = 6;
}
