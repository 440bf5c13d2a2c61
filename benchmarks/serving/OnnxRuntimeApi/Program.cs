// A straightforward way to serve model.onnx: one shared session, one Run per request, no batching.
// Options: --Model path --IntraOpThreads 0 (0: ONNX Runtime's default) --urls http://127.0.0.1:5001
using RnnService.Benchmarks.OnnxRuntimeApi;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton(_ => new OnnxClassifier(
    builder.Configuration["Model"] ?? throw new InvalidOperationException("Start with --Model path/to/model.onnx."),
    builder.Configuration.GetValue("IntraOpThreads", 0)));

WebApplication app = builder.Build();
OnnxClassifier classifier = app.Services.GetRequiredService<OnnxClassifier>();
app.MapGet("/health/ready", () => "ready");
app.MapPost("/predict", (IFormFile image) =>
    {
        using Stream png = image.OpenReadStream();
        return PngPixels.Read(png) is float[] pixels
            ? Results.Ok(PredictionResponse.From(classifier.Classify(pixels)))
            : Results.Problem("Send a 28×28 PNG as the form's file 'image'.", statusCode: StatusCodes.Status422UnprocessableEntity);
    })
    .DisableAntiforgery();
app.Run();
