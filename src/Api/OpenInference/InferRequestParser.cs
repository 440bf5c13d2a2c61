using System.Text.Json;
using RnnService.Api.Http;
using Part = RnnService.Api.OpenInference.InferRequestPart;

namespace RnnService.Api.OpenInference;

/// <summary>
/// Parses an inference request token by token, so that the memory does not depend on what a client sends. Unknown fields are skipped, because extensions of the protocol
/// add fields.
/// </summary>
internal sealed class InferRequestParser
{
    private const int MaxDimensions = 100;
    private const int MaxOutputs = 16;

    private readonly List<long> shape = [];
    private readonly List<string?> outputs = [];
    private Part part;
    private string? property;
    private int skippedDepth = -1;

    /// <summary>Whether the body is the JSON value null.</summary>
    public bool IsNull { get; private set; }

    public string? Id { get; private set; }

    /// <summary>The number of inputs, 0 or 1.</summary>
    public int Inputs { get; private set; }

    public string? Name { get; private set; }

    public IReadOnlyList<long> Shape => shape;

    public string? Datatype { get; private set; }

    public TensorNumbers Data { get; } = new();

    /// <summary>The names of the requested outputs.</summary>
    public IReadOnlyList<string?> Outputs => outputs;

    /// <summary>The position in the request, as a JSON path.</summary>
    public string Path => part switch
    {
        Part.Request when property is not null => $"$.{property}",
        Part.Inputs => "$.inputs",
        Part.Input when property is not null => $"$.inputs[0].{property}",
        Part.Input => "$.inputs[0]",
        Part.Shape => $"$.inputs[0].shape[{shape.Count}]",
        Part.Data => "$.inputs[0].data",
        Part.Outputs => $"$.outputs[{outputs.Count}]",
        Part.Output => $"$.outputs[{outputs.Count - 1}].{property}",
        _ => "its start",
    };

    /// <summary>Continues with the next token.</summary>
    /// <exception cref="JsonException">The token is not valid here.</exception>
    /// <exception cref="InvalidRequestException">The request has too many inputs, numbers or outputs.</exception>
    public void Accept(ref Utf8JsonReader reader)
    {
        if (skippedDepth >= 0)
        {
            skippedDepth = reader.CurrentDepth == skippedDepth ? -1 : skippedDepth;
            return;
        }

        switch (part, reader.TokenType)
        {
            case (Part.Data, _):
                part = Data.Accept(ref reader) ? Part.Data : Part.Input;
                break;
            case (Part.Start, JsonTokenType.Null):
                IsNull = true;
                break;
            case (Part.Start, JsonTokenType.StartObject):
                part = Part.Request;
                break;
            case (Part.Request or Part.Input or Part.Output, JsonTokenType.PropertyName):
                SetProperty(ref reader);
                break;
            case (Part.Request or Part.Input or Part.Output, JsonTokenType.EndObject):
                part = part switch { Part.Request => Part.End, Part.Input => Part.Inputs, _ => Part.Outputs };
                break;
            case (Part.Inputs or Part.Outputs or Part.Shape, JsonTokenType.EndArray):
                part = part == Part.Shape ? Part.Input : Part.Request;
                break;
            case (Part.Inputs, JsonTokenType.StartObject or JsonTokenType.Null):
                BeginInput(reader.TokenType);
                break;
            case (Part.Outputs, JsonTokenType.StartObject or JsonTokenType.Null):
                BeginOutput(reader.TokenType);
                break;
            case (Part.Shape, JsonTokenType.Number) when reader.TryGetInt64(out long length):
                shape.AddRange(shape.Count < MaxDimensions ? [length] : []); // Further dimensions change nothing: the shape is wrong.
                break;
            case (Part.Request or Part.Input or Part.Output, _):
                AcceptValue(ref reader);
                break;
            default:
                throw new JsonException("The value has another type.");
        }
    }

    /// <summary>Remembers which field follows; null for one to skip.</summary>
    private void SetProperty(ref Utf8JsonReader reader)
    {
        string[] known = part switch
        {
            Part.Request => ["id", "inputs", "outputs"],
            Part.Input => ["name", "shape", "datatype", "data"],
            _ => ["name"],
        };
        property = null;
        foreach (string name in known)
        {
            property = reader.ValueTextEquals(name) ? name : property;
        }
    }

    private void AcceptValue(ref Utf8JsonReader reader)
    {
        switch (property, reader.TokenType)
        {
            case ("data", _) when Data.Begin(ref reader):
                part = Part.Data;
                break;
            case ("data" or null, _):
                Skip(ref reader);
                break;
            case ("inputs", JsonTokenType.StartArray):
                (part, Inputs) = (Part.Inputs, 0);
                break;
            case ("outputs", JsonTokenType.StartArray):
                part = Part.Outputs;
                outputs.Clear();
                break;
            case ("shape", JsonTokenType.StartArray):
                part = Part.Shape;
                shape.Clear();
                break;
            case ("inputs" or "outputs" or "shape", JsonTokenType.Null):
                break;
            case ("id" or "name" or "datatype", JsonTokenType.String or JsonTokenType.Null):
                SetText(reader.GetString());
                break;
            default:
                throw new JsonException("The value has another type.");
        }
    }

    private void SetText(string? text)
    {
        Id = part == Part.Request ? text : Id;
        Name = part == Part.Input && property == "name" ? text : Name;
        Datatype = property == "datatype" ? text : Datatype;
        if (part == Part.Output)
        {
            outputs[^1] = text;
        }
    }

    private void BeginInput(JsonTokenType token)
    {
        if (++Inputs > 1)
        {
            throw new InvalidRequestException("inputs", InferRequestReader.OneTensor);
        }

        part = token == JsonTokenType.StartObject ? Part.Input : Part.Inputs;
        property = null;
    }

    private void BeginOutput(JsonTokenType token)
    {
        if (outputs.Count == MaxOutputs)
        {
            throw new InvalidRequestException("outputs", $"must be at most {TensorMetadata.Outputs.Count}. Request each output only once.");
        }

        outputs.Add(null);
        part = token == JsonTokenType.StartObject ? Part.Output : Part.Outputs;
        property = null;
    }

    private void Skip(ref Utf8JsonReader reader) =>
        skippedDepth = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? reader.CurrentDepth : -1;
}
