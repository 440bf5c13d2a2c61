using System.Text.Json;
using RnnService.Model.Training;

namespace RnnService.Model.Tests.Training;

public class ConfusionMatrixTests
{
    [Fact]
    public void Accuracy_is_calculated_overall_and_by_class()
    {
        ConfusionMatrix confusion = Matrix((0, 0, 3), (0, 6, 1), (4, 9, 2), (9, 9, 4));

        Assert.Equal(0.7, confusion.Accuracy);
        Assert.Equal(0.75, confusion.ClassAccuracy(0));
        Assert.Equal(0, confusion.ClassAccuracy(4));
        Assert.Equal(1, confusion.ClassAccuracy(9));
        Assert.Equal(2, confusion.Counts[4][9]);
        Assert.Equal(0, confusion.Counts[9][4]);
    }

    [Fact]
    public void ClassAccuracy_is_null_for_a_digit_without_images()
    {
        Assert.Null(Matrix((0, 0, 3)).ClassAccuracy(1));
        Assert.Null(ConfusionMatrix.Empty.ClassAccuracy(0));
        Assert.Equal(0, ConfusionMatrix.Empty.Accuracy);
    }

    [Fact]
    public void Equality_is_preserved_by_JSON_serialization()
    {
        ConfusionMatrix confusion = Matrix((1, 7, 2), (7, 7, 5));

        int[][] stored = JsonSerializer.Deserialize<int[][]>(JsonSerializer.Serialize(confusion.Counts))!;

        Assert.Equal(confusion, new ConfusionMatrix(stored));
        Assert.Equal(confusion.GetHashCode(), new ConfusionMatrix(stored).GetHashCode());
        Assert.NotEqual(confusion, Matrix((7, 1, 2), (7, 7, 5)));
    }

    [Fact]
    public void Later_changes_of_the_source_array_have_no_effect()
    {
        int[][] counts = Counts((2, 2, 1));
        ConfusionMatrix confusion = new(counts);

        counts[2][3] = 1;

        Assert.Equal(1, confusion.Accuracy);
        Assert.Equal(0, confusion.Counts[2][3]);
    }

    [Fact]
    public void Negative_counts_and_sizes_other_than_10_by_10_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(Counts()[1..]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([.. Counts()[1..], new int[11]]));
        Assert.Throws<ArgumentException>(() => Matrix((0, 0, -1)));
    }

    private static ConfusionMatrix Matrix(params (int Actual, int Predicted, int Count)[] cells) => new(Counts(cells));

    private static int[][] Counts(params (int Actual, int Predicted, int Count)[] cells)
    {
        int[][] counts = [.. Enumerable.Range(0, 10).Select(_ => new int[10])];
        foreach ((int actual, int predicted, int count) in cells)
        {
            counts[actual][predicted] = count;
        }

        return counts;
    }
}
