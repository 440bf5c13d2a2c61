using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// The native memory of one layer in one direction for a batch. For the backward pass, it keeps all time steps; otherwise each step overwrites the previous one, so that
/// the memory stays in the cache. States are double-buffered: some units write the next state while others still read the previous one.
/// </summary>
internal sealed unsafe class LayerMemory : IDisposable
{
    private readonly LayerShape shape;
    private readonly int batch;
    private readonly bool keepsAllSteps;
    private readonly NativeFloats states;
    private readonly NativeFloats gates;
    private readonly NativeFloats cells;
    private readonly NativeFloats stateGradients;
    private readonly NativeFloats cellGradients;
    private readonly NativeFloats weightGradients;

    /// <summary>Allocates the memory.</summary>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="steps">Time steps of an image.</param>
    /// <param name="keepsAllSteps">Whether to keep all steps, which a backward pass needs.</param>
    public LayerMemory(LayerShape shape, int batch, int steps, bool keepsAllSteps)
    {
        this.shape = shape;
        this.batch = batch;
        this.keepsAllSteps = keepsAllSteps;
        int rows = keepsAllSteps ? batch * (steps + 1) : batch;
        int stateRows = keepsAllSteps ? rows : 2 * batch;
        int gradients = keepsAllSteps ? 1 : 0;
        Steps = steps;
        states = new NativeFloats((long)stateRows * shape.StateStride);
        gates = new NativeFloats((long)rows * shape.GateStride);
        cells = new NativeFloats((long)rows * shape.Units);
        stateGradients = new NativeFloats((long)gradients * batch * shape.StateStride);
        cellGradients = new NativeFloats((long)gradients * batch * shape.Units);
        weightGradients = new NativeFloats((long)gradients * shape.GateColumns * shape.StateColumns);
        for (int row = 0; row < stateRows; row++)
        {
            states.Data[((long)row * shape.StateStride) + shape.BiasColumn] = 1;
        }
    }

    public int Steps { get; }

    /// <summary>Number of time steps of all images together, each with its own state and gates. Only if all steps are kept.</summary>
    public int TotalSteps => batch * Steps;

    public float* WeightGradients => weightGradients.Data;

    public float* State(int step, int image) => states.Data + (Row(keepsAllSteps ? step : step % 2, image, everyStep: true) * shape.StateStride);

    public float* Gates(int step, int image) => gates.Data + (Row(step, image, keepsAllSteps) * shape.GateStride);

    public float* StateGradient(int image) => stateGradients.Data + ((long)image * shape.StateStride);

    public float* CellGradient(int image) => cellGradients.Data + ((long)image * shape.Units);

    /// <summary>The values of a time step of an image.</summary>
    public CellStep Step(int step, int image) => new()
    {
        Gates = Gates(step, image),
        Hidden = State(step, image),
        NextHidden = State(step + 1, image),
        Cell = Cell(step, image),
        NextCell = Cell(step + 1, image),
        HiddenGradient = StateGradient(image),
        CellGradient = CellGradient(image),
    };

    public void Dispose()
    {
        states.Dispose();
        gates.Dispose();
        cells.Dispose();
        stateGradients.Dispose();
        cellGradients.Dispose();
        weightGradients.Dispose();
    }

    private float* Cell(int step, int image) => cells.Data + (Row(step, image, keepsAllSteps) * shape.Units);

    private long Row(int step, int image, bool everyStep) => everyStep ? ((long)step * batch) + image : image;
}
