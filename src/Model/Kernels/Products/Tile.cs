namespace RnnService.Model.Kernels.Products;

/// <summary>The tile of C that a matrix product keeps in registers.</summary>
internal static class Tile
{
    /// <summary>
    /// Number of rows. Six rows of two vectors, two vectors of B and one element of A use 15 of the 16 registers of AVX2, and the twelve sums hide the latency of a
    /// multiply-add. Work is best distributed in multiples of it.
    /// </summary>
    public const int Rows = 6;
}
