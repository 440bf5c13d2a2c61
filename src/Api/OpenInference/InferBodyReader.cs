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

    /// <summary>The largest part of a token that is kept until its end arrives: with quotes, and with the white space and separator before it.</summary>
    private const int MaxIncompleteBytes = MaxTokenBytes + 1024;

    /// <exception cref="BadHttpRequestException">The body is not JSON, is not a request, or has a very long string.</exception>
    public static async Task<InferRequestParser> ReadAsync(HttpRequest http, CancellationToken cancellation)
    {
        InferRequestParser parser = new();
        JsonReaderState state = default;
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
                consumed = Parse(parser, json, read.IsCompleted, ref state);
                if (read.Buffer.Slice(consumed).Length > MaxIncompleteBytes)
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

    /// <returns>The position after the last complete token.</returns>
    private static SequencePosition Parse(InferRequestParser parser, ReadOnlySequence<byte> json, bool isFinal, ref JsonReaderState state)
    {
        Utf8JsonReader reader = new(json, isFinal, state);
        try
        {
            while (reader.Read())
            {
                // A token of any size can be complete at once. It is refused before its text is created, so that tokens are accepted or not regardless of how the body arrives.
                if ((reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > MaxTokenBytes)
                {
                    throw TooLong(parser);
                }

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
        return reader.Position;
    }

    private static BadHttpRequestException TooLong(InferRequestParser parser) =>
        new($"The body has a string, number or white space of more than {MaxTokenBytes} bytes at {parser.Path}. {InferRequestReader.Advice}");
}
