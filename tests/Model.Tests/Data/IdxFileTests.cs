using RnnService.Model.Data;

namespace RnnService.Model.Tests.Data;

public class IdxFileTests
{
    private const string Name = "some-images";

    [Fact]
    public void Dimensions_and_data_are_parsed()
    {
        IdxFile file = IdxFile.Parse(Name, new byte[] { 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6 }, rank: 3);

        Assert.Equal([2, 1, 3], file.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Data.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8 }, "it has 3 bytes, but an IDX header has 8")]
    [InlineData(new byte[] { 0, 0, 9, 1, 0, 0, 0, 1, 7 }, "magic number is 0x00000901")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 7 }, "magic number is 0x00000803")]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0 }, "decompress it with gunzip")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 7, 7 }, "truncated")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 7, 7 }, "too long")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xff, 0xff, 0xff, 0xff, 7 }, "too large")]
    public void Invalid_files_are_rejected_by_name(byte[] content, string fault)
    {
        InvalidDatasetException exception = Assert.Throws<InvalidDatasetException>(() => IdxFile.Parse(Name, content, rank: 1));

        Assert.Equal(Name, exception.Path);
        Assert.StartsWith(Name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_whose_product_overflows_are_rejected()
    {
        byte[] content = [0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 1];

        Assert.Contains("truncated", Assert.Throws<InvalidDatasetException>(() => IdxFile.Parse(Name, content, rank: 3)).Message, StringComparison.Ordinal);
    }
}
