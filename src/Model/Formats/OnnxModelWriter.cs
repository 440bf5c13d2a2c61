using RnnService.Model.Networks;

namespace RnnService.Model.Formats;

/// <summary>Stub.</summary>
public static class OnnxModelWriter
{
    /// <summary>Stub.</summary>
    public static byte[] Write(NetworkSettings settings, SafeTensors weights) => [];
}
