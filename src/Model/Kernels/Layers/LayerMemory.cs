using RnnService.Model.Kernels.Cells;
using RnnService.Model.Kernels.Products;

namespace RnnService.Model.Kernels.Layers;

/// <summary>
/// What one layer in one direction needs in native memory for a batch. To learn, it remembers all steps; otherwise each step takes the place of the
/// one before, which keeps it in the cache. States take that of the last but one: while some units step on, others still read where they came from.
/// </summary>
internal sealed unsafe class LayerMemory : IDisposable
{
    private readonly LayerShape shape;
    private readonly int batch;
    private readonly bool remembers;
    private readonly NativeFloats states;
    private readonly NativeFloats gates;
    private readonly NativeFloats cells;
    private readonly NativeFloats stateGradients;
    private readonly NativeFloats cellGradients;
    private readonly NativeFloats weightGradients;

    public LayerMemory(LayerShape shape, int batch, int steps, bool remembers)
    {
        this.shape = shape;
        this.batch = batch;
        this.remembers = remembers;
        int rows = remembers ? batch * (steps + 1) : batch;
        int stateRows = remembers ? rows : 2 * batch;
        int learning = remembers ? 1 : 0;
        Steps = steps;
        states = new NativeFloats((long)stateRows * shape.StateStride);
        gates = new NativeFloats((long)rows * shape.GateStride);
        cells = new NativeFloats((long)rows * shape.Units);
        stateGradients = new NativeFloats((long)learning * batch * shape.StateStride);
        cellGradients = new NativeFloats((long)learning * batch * shape.Units);
        weightGradients = new NativeFloats((long)learning * shape.GateColumns * shape.StateColumns);
        for (int row = 0; row < stateRows; row++)
        {
            states.Data[((long)row * shape.StateStride) + shape.BiasColumn] = 1;
        }
    }

    public int Steps { get; }

    /// <summary>Steps of all images, of which every one has states and gates of its own.</summary>
    public int RememberedSteps => batch * Steps;

    public float* WeightGradients => weightGradients.Data;

    public float* State(int step, int image) => states.Data + (Row(remembers ? step : step % 2, image, everyStep: true) * shape.StateStride);

    public float* Gates(int step, int image) => gates.Data + (Row(step, image, remembers) * shape.GateStride);

    public float* StateGradient(int image) => stateGradients.Data + ((long)image * shape.StateStride);

    public float* CellGradient(int image) => cellGradients.Data + ((long)image * shape.Units);

    /// <summary>Where a step of an image stands.</summary>
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

    private float* Cell(int step, int image) => cells.Data + (Row(step, image, remembers) * shape.Units);

    private long Row(int step, int image, bool everyStep) => everyStep ? ((long)step * batch) + image : image;
}
