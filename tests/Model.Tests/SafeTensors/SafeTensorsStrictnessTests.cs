using System.Buffers.Binary;
using System.Text;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Tests.SafeTensors;

/// <summary>Every byte of a file belongs to the header or to exactly one tensor, and every name occurs once.</summary>
public class SafeTensorsStrictnessTests
{
    private const string A = """{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""";
    private const string B = """{"dtype":"F32","shape":[1],"data_offsets":[4,8]}""";

    [Theory]
    [InlineData($$"""{"a":{{A}},"b":{{B}}}""", 8, null)]
    [InlineData($$"""{"b":{{B}},"a":{{A}}}""", 8, null)]
    [InlineData($$"""{"empty":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{{A}}}""", 4, null)]
    [InlineData("{}", 0, null)]
    [InlineData($$"""{"a":{{A}},"a":{{A}}}""", 4, "header is malformed")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "header is malformed")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", 0, "header is malformed")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "header is malformed")]
    [InlineData($$"""{"a":{{A}},"b":{{A}}}""", 4, "'b' overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'b' overlaps")]
    [InlineData($$"""{"b":{{B}}}""", 8, "'b' leaves a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"c":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "'c' leaves a gap")]
    [InlineData($$"""{"a":{{A}}}""", 5, "trailing bytes")]
    [InlineData("{}", 1, "trailing bytes")]
    [InlineData($$"""{"a":{{A}},"b":{{B}}}""", 7, "is truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "two offsets")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "with a shape")]
    [InlineData("[]", 0, "header is malformed")]
    [InlineData("null", 0, "header is malformed")]
    public void A_header_must_describe_the_data_exactly(string header, int dataLength, string? fault)
    {
        byte[] file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        Encoding.UTF8.GetBytes(header, file.AsSpan(8));

        if (fault is null)
        {
            Assert.NotNull(SafeTensorsFile.Parse(file));
        }
        else
        {
            Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Parse(file)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(uint.MaxValue)]
    public void A_header_length_beyond_the_file_is_rejected(ulong length)
    {
        byte[] file = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Parse(file)).Message, StringComparison.Ordinal);
    }
}
