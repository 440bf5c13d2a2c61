using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace RnnService.Api.OpenInference;

/// <summary>Reads the body of an inference request as it arrives, and keeps only the token that is incomplete.</summary>
internal static class InferBodyReader
{
    /// <summary>The largest string or number, without quotes.</summary>
    private const int MaxTokenBytes = 64 * 1024;

    /// <summary>The most bytes between the contents of two tokens: as much white space, two quotes, and two separators.</summary>
    private const int MaxGapBytes = MaxTokenBytes + 4;

    /// <summary>The largest part of a token that is kept until its end arrives: no accepted token is longer, with what is before it.</summary>
    private const int MaxIncompleteBytes = MaxGapBytes + MaxTokenBytes;

    /// <exception cref="BadHttpRequestException">The body is not JSON, is not a request, or has a very long string.</exception>
    public static async Task<InferRequestParser> ReadAsync(HttpRequest http, CancellationToken cancellation)
    {
        InferRequestParser parser = new();
        JsonReaderState state = default;
        long sinceToken = 0;
        bool isStart = true;
        while (true)
        {
            ReadResult read = await http.BodyReader.ReadAsync(cancellation);
            SequencePosition consumed = read.Buffer.Start;
            try
            {
                if (isStart && read.Buffer.Length < Encoding.UTF8.Preamble.Length && !read.IsCompleted)
                {
                    continue;
                }

                ReadOnlySequence<byte> json = isStart ? WithoutPreamble(read.Buffer) : read.Buffer;
                isStart = false;
                consumed = Parse(parser, json, read.IsCompleted, ref state, ref sinceToken);
                if (sinceToken + read.Buffer.Slice(consumed).Length > MaxIncompleteBytes)
                {
                    throw TooLong(parser);
                }
            }
            finally
            {
                http.BodyReader.AdvanceTo(consumed, read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                return parser;
            }
        }
    }

    /// <summary>Some editors start files with a byte order mark; RFC 8259 allows readers to ignore it.</summary>
    private static ReadOnlySequence<byte> WithoutPreamble(ReadOnlySequence<byte> body)
    {
        ReadOnlySpan<byte> preamble = Encoding.UTF8.Preamble;
        return body.Length >= preamble.Length && body.Slice(0, preamble.Length).ToArray().AsSpan().SequenceEqual(preamble) ? body.Slice(preamble.Length) : body;
    }

    /// <param name="parser">Accepts the tokens.</param>
    /// <param name="json">The next part of the body.</param>
    /// <param name="isFinal">Whether it is the last part.</param>
    /// <param name="state">The state of the JSON reader between two parts.</param>
    /// <param name="sinceToken">The number of bytes that were consumed after the last complete token: white space.</param>
    /// <returns>The position up to which the part is consumed.</returns>
    private static SequencePosition Parse(InferRequestParser parser, ReadOnlySequence<byte> json, bool isFinal, ref JsonReaderState state, ref long sinceToken)
    {
        Utf8JsonReader reader = new(json, isFinal, state);
        long end = -sinceToken;
        try
        {
            while (reader.Read())
            {
                // A token of any size can be complete at once. It is refused before its text is created, so that tokens are accepted or not regardless of how the body arrives.
                long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
                if (length > MaxTokenBytes || reader.BytesConsumed - end - length > MaxGapBytes)
                {
                    throw TooLong(parser);
                }

                end = reader.BytesConsumed;
                parser.Accept(ref reader);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is thrown for text with an unpaired surrogate.
            string position = e is JsonException { LineNumber: long line, BytePositionInLine: long column } ? $" (line {line + 1}, byte {column + 1})" : "";
            throw new BadHttpRequestException($"The body is not a valid request at {parser.Path}{position}. {InferRequestReader.Advice}", e);
        }

        state = reader.CurrentState;
        sinceToken = reader.BytesConsumed - end;
        return reader.Position;
    }

    private static BadHttpRequestException TooLong(InferRequestParser parser) =>
        new($"The body has a string, number or white space of more than {MaxTokenBytes} bytes at {parser.Path}. {InferRequestReader.Advice}");
}
