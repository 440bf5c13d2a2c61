using System.Buffers.Binary;
using System.Text;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Tests.SafeTensors;

public class SafeTensorsFileTests
{
    private static readonly NamedTensor[] Tensors =
    [
        new("weight", [2, 3], new float[] { 1, 2, 3, 4, 5, float.MinValue }),
        new("bias", [1], new[] { -0.5f }),
    ];

    [Fact]
    public void Writing_and_parsing_round_trips()
    {
        IReadOnlyList<NamedTensor> read = SafeTensorsFile.Parse(new SafeTensorsFile(Tensors).ToBytes()).Tensors;

        Assert.Equal(["weight", "bias"], read.Select(tensor => tensor.Name));
        Assert.Equal([2, 3], read[0].Shape);
        Assert.Equal(Tensors[0].Values.ToArray(), read[0].Values.ToArray());
        Assert.Equal(Tensors[1].Values.ToArray(), read[1].Values.ToArray());
    }

    [Fact]
    public void The_layout_follows_the_specification()
    {
        byte[] file = new SafeTensorsFile(Tensors).ToBytes();

        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, headerLength);
        Assert.Equal("""{"weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"bias":{"dtype":"F32","shape":[1],"data_offsets":[24,28]}}""", header.TrimEnd());
        Assert.Equal(0, headerLength % 8);
        Assert.Equal(8 + headerLength + 28, file.Length);
        Assert.Equal(-0.5f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + headerLength + 24)));
    }

    [Fact]
    public void Metadata_is_written_before_the_tensors()
    {
        byte[] file = new SafeTensorsFile(Tensors, new Dictionary<string, string> { ["epoch"] = "3" }).ToBytes();

        Assert.StartsWith("""{"__metadata__":{"epoch":"3"},"weight":""", Encoding.UTF8.GetString(file, 8, 60), StringComparison.Ordinal);
        Assert.Equal("3", SafeTensorsFile.Parse(file).Metadata["epoch"]);
        Assert.Equal(2, SafeTensorsFile.Parse(file).Tensors.Count);
    }

    [Fact]
    public void Metadata_of_other_writers_is_accepted()
    {
        byte[] file = WithHeader("""{"__metadata__":{"format":"pt"},"bias":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", dataLength: 4);

        NamedTensor tensor = Assert.Single(SafeTensorsFile.Parse(file).Tensors);
        Assert.Equal("bias", tensor.Name);
        Assert.Empty(tensor.Shape);
    }

    [Theory]
    [InlineData("""{"bias":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", "not float32")]
    [InlineData("""{"bias":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes")]
    [InlineData("""{"bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "leaves a gap")]
    [InlineData("""{"bias":{"dtype":"F32","shape":[-1],"data_offsets":[4,0]}}""", "a negative size")]
    [InlineData("""{"bias":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", "too large")]
    [InlineData("""{"bias":null}""", "a value is null")]
    [InlineData("""{"__metadata__":7}""", "header is malformed")]
    [InlineData("""{"bias":7}""", "header is malformed")]
    [InlineData("""{"bias":""", "header is malformed")]
    public void Invalid_headers_are_rejected(string header, string fault)
    {
        byte[] file = WithHeader(header, dataLength: 4);

        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Parse(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    public void A_truncated_file_is_rejected(int length)
    {
        byte[] file = new SafeTensorsFile(Tensors).ToBytes()[..length];

        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Parse(file)).Message, StringComparison.Ordinal);
    }

    private static byte[] WithHeader(string header, int dataLength)
    {
        byte[] file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        Encoding.UTF8.GetBytes(header, file.AsSpan(8));
        return file;
    }
}
