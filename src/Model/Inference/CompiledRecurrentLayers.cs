using System.Buffers;
using RnnService.Model.Architecture;
using RnnService.Model.Kernels.Layers;
using RnnService.Model.Kernels.Products;
using RnnService.Model.SafeTensors;

namespace RnnService.Model.Inference;

/// <summary>Recurrent layers with packed weights: the last hidden states of the rows, followed by those of the columns if the network reads them, for each member.</summary>
internal sealed unsafe class CompiledRecurrentLayers : ICompiledLayers
{
    private readonly List<RecurrentImageLayers> readers = [];
    private readonly List<BlankRows> blankRows = [];

    /// <param name="modules">The recurrent modules of the network.</param>
    /// <param name="tensors">The weights.</param>
    public CompiledRecurrentLayers(IEnumerable<RecurrentShape> modules, TensorsByName tensors)
    {
        foreach (RecurrentShape module in modules)
        {
            RecurrentImageLayers reader = new(module, RecurrentKernel.For(module.Cell));
            Pack(reader, [.. module.Weights.Select(weight => tensors.Take(weight.Name, weight.Sizes))]);
            readers.Add(reader);
            blankRows.Add(reader.BlankRows());
            FeatureStride += module.FeatureCount;
        }
    }

    public int FeatureStride { get; }

    public bool ReadsRowsInOrder => readers.TrueForAll(reader => reader.Shape is { Directions: 1, ReadsColumns: false });

    public void Compute(NativeFloats pixels, int count, NativeFloats features)
    {
        float* target = features.Data;
        for (int i = 0; i < readers.Count; i++)
        {
            readers[i].Infer(pixels.Data, count, new RecurrentFeatures(target, FeatureStride), blankRows: blankRows[i]);
            target += readers[i].Shape.FeatureCount;
        }
    }

    public void ComputeAfterEachRow(NativeFloats pixels, int count, NativeFloats features)
    {
        float* target = features.Data;
        foreach (RecurrentImageLayers reader in readers)
        {
            reader.Infer(pixels.Data, count, new RecurrentFeatures(target, FeatureStride, everyStep: true));
            target += reader.Shape.FeatureCount;
        }
    }

    public void Dispose()
    {
        blankRows.ForEach(rows => rows.Dispose());
        readers.ForEach(reader => reader.Dispose());
    }

    private static void Pack(RecurrentImageLayers reader, IReadOnlyList<NamedTensor> tensors)
    {
        MemoryHandle[] pinned = [.. tensors.Select(tensor => tensor.Values.Pin())];
        try
        {
            // Once for each network, so it is not distributed among the cores.
            reader.Layers.Pack([.. pinned.Select(handle => (nint)handle.Pointer).Chunk(RecurrentShape.WeightsPerLayer).Select(LayerWeights.From)], firstGate: 0, reader.Layers.GateColumns);
        }
        finally
        {
            Array.ForEach(pinned, handle => handle.Dispose());
        }
    }
}
