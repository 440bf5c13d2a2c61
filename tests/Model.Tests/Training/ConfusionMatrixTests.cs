using System.Text.Json;
using RnnService.Model.Training;

namespace RnnService.Model.Tests.Training;

public class ConfusionMatrixTests
{
    [Fact]
    public void Counts_shares_of_all_images_and_of_each_digit()
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
    public void Nothing_is_known_of_a_digit_without_images()
    {
        Assert.Null(Matrix((0, 0, 3)).ClassAccuracy(1));
        Assert.Null(ConfusionMatrix.Empty.ClassAccuracy(0));
        Assert.Equal(0, ConfusionMatrix.Empty.Accuracy);
    }

    [Fact]
    public void Its_counts_make_an_equal_one_also_when_they_were_stored_as_JSON()
    {
        ConfusionMatrix confusion = Matrix((1, 7, 2), (7, 7, 5));

        int[][] stored = JsonSerializer.Deserialize<int[][]>(JsonSerializer.Serialize(confusion.Counts))!;

        Assert.Equal(confusion, new ConfusionMatrix(stored));
        Assert.Equal(confusion.GetHashCode(), new ConfusionMatrix(stored).GetHashCode());
        Assert.NotEqual(confusion, Matrix((7, 1, 2), (7, 7, 5)));
    }

    [Fact]
    public void Does_not_change_with_the_counts_that_it_was_made_from()
    {
        int[][] counts = Counts((2, 2, 1));
        ConfusionMatrix confusion = new(counts);

        counts[2][3] = 1;

        Assert.Equal(1, confusion.Accuracy);
        Assert.Equal(0, confusion.Counts[2][3]);
    }

    [Fact]
    public void Refuses_counts_that_are_not_ten_times_ten_or_below_zero()
    {
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(Counts()[1..]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([.. Counts()[1..], new int[11]]));
        Assert.Throws<ArgumentException>(() => Matrix((0, 0, -1)));
    }

    private static ConfusionMatrix Matrix(params (int Truth, int Told, int Count)[] cells) => new(Counts(cells));

    private static int[][] Counts(params (int Truth, int Told, int Count)[] cells)
    {
        int[][] counts = [.. Enumerable.Range(0, 10).Select(_ => new int[10])];
        foreach ((int truth, int told, int count) in cells)
        {
            counts[truth][told] = count;
        }

        return counts;
    }
}
