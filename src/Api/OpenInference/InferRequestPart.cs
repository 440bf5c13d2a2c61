namespace RnnService.Api.OpenInference;

/// <summary>The part of an inference request whose tokens follow next.</summary>
internal enum InferRequestPart
{
    Start,
    Request,
    Inputs,
    Input,
    Shape,
    Data,
    Outputs,
    Output,
    End,
}
