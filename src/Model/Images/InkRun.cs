namespace RnnService.Model.Images;

/// <summary>Adjacent pixels of ink in one row.</summary>
/// <param name="Y">The row.</param>
/// <param name="Start">The first column.</param>
/// <param name="End">The column after the last one.</param>
internal readonly record struct InkRun(int Y, int Start, int End);
